import type { ContractDefinition } from "@flynn/sdk/wire";

import { isEnd, isResponse } from "../../mutation/intercept.ts";
import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { spoiltAnswers } from "../spoilt-answers.ts";

/** An answer comes after its time. `bound` is what the suite waits for one, in milliseconds. */
export function lateAnswerFaults(contract: ContractDefinition, bound: number): readonly BoundaryFault[] {
  return Object.entries(contract.methods).flatMap(([method, { kind }]) => [
    answersTooLate(method, bound),
    ...(kind === "stream" ? [sendsAnItemAfterItsEnd(method)] : []),
  ]);
}

function answersTooLate(method: string, bound: number): BoundaryFault {
  return {
    id: `answers-${method}-too-late`,
    family: "late-answer",
    title: `answers \`${method}\` only once nobody waits for it any more`,
    intercept: (fired) =>
      spoiltAnswers(method, (frame, _call, { deliver }) => {
        if (!isResponse(frame)) return [frame];
        fired();
        setTimeout(() => deliver(frame), bound + 250).unref();
        return [];
      }),
  };
}

function sendsAnItemAfterItsEnd(method: string): BoundaryFault {
  return {
    id: `sends-an-item-of-${method}-after-its-end`,
    family: "late-answer",
    title: `sends one more item of \`${method}\` after the end`,
    intercept: (fired) => {
      const last = new Map<unknown, Members>();
      return spoiltAnswers(method, (frame, { id }) => {
        if (frame["method"] === "item") last.set(id, frame);
        const item = isEnd(frame) ? last.get(id) : undefined;
        if (!item) return [frame];
        fired();
        const params = item["params"] as Members;
        return [frame, { ...item, params: { ...params, seq: Number(params["seq"]) + 1 } }];
      });
    },
  };
}
