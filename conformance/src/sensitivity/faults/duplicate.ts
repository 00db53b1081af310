import type { ContractDefinition } from "@flynn/sdk/wire";

import { isResponse } from "../../mutation/intercept.ts";
import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { portOf } from "../call-ledger.ts";
import { withItemCount } from "./drop.ts";
import { spoiltAnswers } from "../spoilt-answers.ts";

/** Something is done or said twice. */
export function duplicateFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  const methods = Object.entries(contract.methods);
  return [
    ...methods.filter(([, { kind }]) => kind === "call").map(([method]) => doesItTwice(method)),
    ...methods.filter(([, { kind }]) => kind === "stream").map(([method]) => sendsItsFirstItemTwice(method)),
    ...Object.keys(contract.ports).map(asksTwice),
  ];
}

function doesItTwice(method: string): BoundaryFault {
  return {
    id: `does-${method}-twice`,
    family: "duplicate",
    title: `does each \`${method}\` twice, and answers once`,
    intercept: (fired) => {
      const seconds = new Set<unknown>();
      return {
        toSubject: (frame) => {
          if (frame["method"] !== "call" || (frame["params"] as Members)["method"] !== method) return [frame];
          fired();
          const id = `again-${String(frame["id"])}`;
          seconds.add(id);
          return [frame, { ...frame, id }];
        },
        fromSubject: (frame) => (isResponse(frame) && seconds.delete(frame["id"]) ? [] : [frame]),
      };
    },
  };
}

function sendsItsFirstItemTwice(method: string): BoundaryFault {
  return {
    id: `sends-the-first-item-of-${method}-twice`,
    family: "duplicate",
    title: `sends the first item of \`${method}\` twice`,
    intercept: (fired) =>
      spoiltAnswers(method, (frame) => {
        if (frame["method"] !== "item") {
          const { end } = (frame["result"] ?? {}) as { readonly end?: number };
          return [end === 0 ? frame : withItemCount(frame, 1)];
        }
        const params = frame["params"] as Members;
        const next = { ...frame, params: { ...params, seq: Number(params["seq"]) + 1 } };
        if (params["seq"] !== 0) return [next];
        fired();
        return [frame, next];
      }),
  };
}

function asksTwice(port: string): BoundaryFault {
  return {
    id: `asks-${port}-twice`,
    family: "duplicate",
    title: `asks the host for \`${port}\` twice, and goes by the first answer`,
    intercept: (fired) => {
      const seconds = new Set<unknown>();
      return {
        fromSubject: (frame) => {
          if (portOf(frame) !== port) return [frame];
          fired();
          const id = `again-${String(frame["id"])}`;
          seconds.add(id);
          return [frame, { ...frame, id }];
        },
        toSubject: (frame) => (isResponse(frame) && seconds.delete(frame["id"]) ? [] : [frame]),
      };
    },
  };
}
