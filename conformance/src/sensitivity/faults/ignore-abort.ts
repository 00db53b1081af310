import type { ContractDefinition } from "@flynn/sdk/wire";

import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { CallLedger } from "../call-ledger.ts";

/** The caller has gone, and nobody notices. */
export function ignoreAbortFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  return Object.entries(contract.methods).flatMap(([method, { kind }]) => [
    ignores(method, "abort", `goes on with a call of \`${method}\` that was aborted`),
    ...(kind === "stream" ? [ignores(method, "return", `goes on with a call of \`${method}\` whose reader has gone`)] : []),
  ]);
}

function ignores(method: string, how: "abort" | "return", title: string): BoundaryFault {
  return {
    id: `ignores-${how}-of-${method}`,
    family: "ignore-abort",
    title,
    intercept: (fired) => {
      const ledger = new CallLedger();
      return {
        toSubject: (frame) => {
          const params = frame["params"] as Members | undefined;
          if (ledger.noted(frame)?.method === method && how === "abort" && params?.["aborted"] === true) {
            fired();
            const { aborted: _aborted, ...rest } = params;
            return [{ ...frame, params: rest }];
          }
          const isCancel = frame["method"] === "cancel" && params?.["how"] === how && ledger.callOf(frame)?.method === method;
          if (!isCancel) return [frame];
          fired();
          return [];
        },
      };
    },
  };
}
