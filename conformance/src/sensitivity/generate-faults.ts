import type { ContractDefinition } from "@flynn/sdk/wire";

import type { BoundaryFault } from "./boundary-fault.ts";
import { dropFaults } from "./faults/drop.ts";
import { duplicateFaults } from "./faults/duplicate.ts";
import { ignoreAbortFaults } from "./faults/ignore-abort.ts";
import { lateAnswerFaults } from "./faults/late-answer.ts";
import { leakSecretFaults } from "./faults/leak-secret.ts";
import { reorderFaults } from "./faults/reorder.ts";
import { staleClockFaults } from "./faults/stale-clock.ts";
import { swallowErrorFaults } from "./faults/swallow-error.ts";

/** Every fault that the boundary of a contract can have: each family for each method, port and member of the configuration. */
export function generateFaults(contract: ContractDefinition, answerBound: number): readonly BoundaryFault[] {
  return [
    ...dropFaults(contract),
    ...duplicateFaults(contract),
    ...reorderFaults(contract),
    ...swallowErrorFaults(contract),
    ...ignoreAbortFaults(contract),
    ...leakSecretFaults(contract),
    ...staleClockFaults,
    ...lateAnswerFaults(contract, answerBound),
  ];
}
