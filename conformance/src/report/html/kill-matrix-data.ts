import type { KillMatrix as PublishedMatrix, KillMatrixMutant } from "../../mutation/kill-matrix.ts";

interface CaughtImplementation extends Readonly<Pick<KillMatrixMutant, "id" | "kind">> {
  readonly fails: readonly string[];
}

/** What the page needs of a kill matrix. */
export interface KillMatrix extends Readonly<Pick<PublishedMatrix, "contract">> {
  readonly mutants: readonly CaughtImplementation[];
}

/** The broken implementations of a kind that a requirement catches. */
export function caughtBy(id: string, matrix: KillMatrix, kind: KillMatrixMutant["kind"]): readonly string[] {
  return matrix.mutants.filter((mutant) => mutant.kind === kind && mutant.fails.includes(id)).map((mutant) => mutant.id);
}
