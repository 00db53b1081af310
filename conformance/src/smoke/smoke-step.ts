/** What went wrong in a step, and what to do about it. */
export interface SmokeProblem {
  /** `module-threw`, `open-failed`, `no-answer`: a word that the guides explain. */
  readonly reason: string;
  readonly expected?: string;
  readonly got: string;
  readonly next: string;
  /** The methods of the wire that were sent up to here, which show it by hand. */
  readonly frames: readonly string[];
}

/** One question to the harness. A step that was not tried stands behind one that failed. */
export type SmokeStep = { readonly name: string; readonly durationMs?: number } & (
  | { readonly status: "ok"; readonly note?: string }
  | { readonly status: "FAIL"; readonly problem: SmokeProblem }
  | { readonly status: "not tried" }
);
