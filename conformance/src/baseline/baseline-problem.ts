/** Why a run is not what its baseline says. Each of them fails the run. */
export const BASELINE_PROBLEMS = ["new", "expired", "changed", "passing", "skipped", "unmatched", "not-shown"] as const;
export type BaselineProblemKind = (typeof BASELINE_PROBLEMS)[number];

export interface BaselineProblem {
  readonly kind: BaselineProblemKind;
  readonly contract: string;
  readonly id: string;
  readonly case: string;
  /** What is the matter, and what to do. */
  readonly text: string;
}
