import type { Interception } from "../mutation/intercept.ts";

/** The ways in which the boundary of a subject is spoilt. */
export const FAULT_FAMILIES = [
  "drop",
  "duplicate",
  "reorder",
  "swallow-error",
  "ignore-abort",
  "leak-secret",
  "stale-clock",
  "late-answer",
] as const;
type FaultFamily = (typeof FAULT_FAMILIES)[number];

/** One defect that any implementation of a contract could have, put in between the subject and the suite. */
export interface BoundaryFault {
  /** In kebab case, unique for a contract: `does-acquire-twice`. */
  readonly id: string;
  readonly family: FaultFamily;
  /** What the subject seems to do now, as a sentence without its subject: "does each `acquire` twice". */
  readonly title: string;
  /** For one session. `fired` is to be called each time the fault changes something. Nothing else may be touched but frames, and folders beside the one that a frame names. */
  readonly intercept: (fired: () => void) => Interception;
}
