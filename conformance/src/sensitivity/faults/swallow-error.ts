import type { ContractDefinition } from "@flynn/sdk/wire";
import type * as z from "zod";

import type { BoundaryFault } from "../boundary-fault.ts";
import { portOf } from "../call-ledger.ts";
import { simplestValue } from "../sample.ts";
import { spoiltAnswers } from "../spoilt-answers.ts";

/** What went wrong is told as if it had gone well. */
export function swallowErrorFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  return [
    ...Object.keys(contract.methods).map(hidesErrors),
    ...Object.entries(contract.ports).map(([port, { value }]) => ignoresRefusals(port, value)),
  ];
}

function hidesErrors(method: string): BoundaryFault {
  return {
    id: `hides-errors-of-${method}`,
    family: "swallow-error",
    title: `answers a call of \`${method}\` that failed as one that went well`,
    intercept: (fired) => {
      const items = new Map<unknown, number>();
      let good: { readonly result: unknown } | undefined;
      return spoiltAnswers(method, (frame, { id, isStream }) => {
        if (frame["method"] === "item") items.set(id, (items.get(id) ?? 0) + 1);
        if ("result" in frame) good = { result: frame["result"] };
        if (!("error" in frame)) return [frame];
        const instead = isStream ? { result: { end: items.get(id) ?? 0 } } : good;
        if (!instead) return [frame];
        fired();
        return [{ jsonrpc: "2.0", id, ...instead }];
      });
    },
  };
}

function ignoresRefusals(port: string, answer: z.ZodType): BoundaryFault {
  return {
    id: `ignores-refusals-of-${port}`,
    family: "swallow-error",
    title: `goes on as if the host had answered \`${port}\` where it failed`,
    intercept: (fired) => {
      const asked = new Set<unknown>();
      let good = simplestValue(answer);
      return {
        fromSubject: (frame) => {
          if (portOf(frame) === port) asked.add(frame["id"]);
          return [frame];
        },
        toSubject: (frame) => {
          if (!asked.has(frame["id"])) return [frame];
          if ("result" in frame) good ??= frame["result"];
          if (!("error" in frame) || good === undefined) return [frame];
          fired();
          return [{ jsonrpc: "2.0", id: frame["id"], result: good }];
        },
      };
    },
  };
}
