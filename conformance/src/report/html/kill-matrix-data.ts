/** A broken implementation, and the requirements that it fails. */
export interface BrokenImplementation {
  readonly id: string;
  /** One that does nothing, one that cheats, or the reference implementation with one defect. */
  readonly kind: "null" | "liar" | "mutant";
  readonly fails: readonly string[];
}

/** What the suite is known to catch in one contract. */
export interface KillMatrix {
  /** With its version, as in the report: `skill-scanner@1`. */
  readonly contract: string;
  readonly mutants: readonly BrokenImplementation[];
}

/** The broken implementations of a kind that a requirement catches. */
export function caughtBy(id: string, matrix: KillMatrix, kind: BrokenImplementation["kind"]): readonly string[] {
  return matrix.mutants.filter((mutant) => mutant.kind === kind && mutant.fails.includes(id)).map((mutant) => mutant.id);
}
