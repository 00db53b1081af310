import type { ContractDefinition } from "@flynn/sdk/wire";

import { isResponse } from "../../mutation/intercept.ts";
import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { spoiltAnswers } from "../spoilt-answers.ts";

/** How long an item waits for the one that is to come before it. One that comes later was not sent at once, and stays behind. */
const AT_ONCE_MS = 25;

/** Something comes before what it should come after. */
export function reorderFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  const methods = Object.entries(contract.methods);
  return [
    ...methods.filter(([, { kind }]) => kind === "call").map(([method]) => swapsAnswers(method)),
    ...methods.filter(([, { kind }]) => kind === "stream").map(([method]) => swapsItems(method)),
  ];
}

function swapsAnswers(method: string): BoundaryFault {
  return {
    id: `swaps-answers-of-${method}`,
    family: "reorder",
    title: `gives each of two calls of \`${method}\` at once the answer of the other`,
    intercept: (fired) => {
      const open = new Set<unknown>();
      let held: Members | undefined;
      return {
        toSubject: (frame) => {
          if (frame["method"] === "call" && (frame["params"] as Members)["method"] === method) open.add(frame["id"]);
          return [frame];
        },
        fromSubject: (frame) => {
          if (!isResponse(frame) || !open.delete(frame["id"])) return [frame];
          const first = held;
          held = undefined;
          if (first) {
            fired();
            return [
              { ...frame, id: first["id"] },
              { ...first, id: frame["id"] },
            ];
          }
          if (open.size === 0) return [frame];
          held = frame;
          return [];
        },
      };
    },
  };
}

function swapsItems(method: string): BoundaryFault {
  return {
    id: `swaps-items-of-${method}`,
    family: "reorder",
    title: `sends the first two items of \`${method}\` in the wrong order, where both are there at once`,
    intercept: (fired) => {
      const held = new Map<unknown, { readonly frame: Members; readonly timer: NodeJS.Timeout }>();
      return spoiltAnswers(method, (frame, { id }, { deliver }) => {
        const first = held.get(id);
        if (first) {
          clearTimeout(first.timer);
          held.delete(id);
          if (frame["method"] !== "item") return [first.frame, frame];
          fired();
          return [withValueOf(first.frame, frame), withValueOf(frame, first.frame)];
        }
        if (frame["method"] !== "item" || (frame["params"] as Members)["seq"] !== 0) return [frame];
        const timer = setTimeout(() => {
          held.delete(id);
          deliver(frame);
        }, AT_ONCE_MS);
        held.set(id, { frame, timer });
        return [];
      });
    },
  };
}

function withValueOf(frame: Members, other: Members): Members {
  return { ...frame, params: { ...(frame["params"] as Members), value: (other["params"] as Members)["value"] } };
}
