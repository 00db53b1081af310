import * as z from "zod";

import type { MutantResult, Proof } from "./proof.ts";

/** What is known of one broken implementation: which requirements fail on it, and what they say then. */
const killMatrixMutantSchema = z
  .strictObject({
    /** A few words that name the one defect. */
    id: z.string(),
    /** `null`: does nothing, and must pass no MUST. `liar`: misstates a capability. `mutant`: has one defect. */
    kind: z.enum(["null", "liar", "mutant"]),
    /** The rows that fail on it, all of them; what else cannot be judged waits for those. Empty for a null subject. */
    fails: z.array(z.string()),
    /** A part of what the first of them says. */
    says: z.string().optional(),
    /** Of a defect in the source of the reference implementation. */
    change: z.strictObject({ file: z.string(), find: z.string(), replace: z.string() }).optional(),
  })
  .meta({ id: "Mutant" });

const KILL_MATRIX_VERSION = "flynn-kill-matrix/1";

/** The file that `mutants --report json=path` writes; the suite carries one for each contract. */
export const killMatrixSchema = z.strictObject({
  schema: z.literal(KILL_MATRIX_VERSION),
  contract: z.string(),
  mutants: z.array(killMatrixMutantSchema),
});

export type KillMatrix = z.infer<typeof killMatrixSchema>;
export type KillMatrixMutant = z.infer<typeof killMatrixMutantSchema>;

/** What of a proof is worth keeping: a mutant whose claim does not hold shows nothing, and is left out. */
export function killMatrixOf({ contract, results }: Proof): KillMatrix {
  return { schema: KILL_MATRIX_VERSION, contract, mutants: results.filter(({ problem }) => problem === undefined).map(entryOf) };
}

function entryOf({ id, kind, failed, mutant }: MutantResult): KillMatrixMutant {
  if (kind === "null") return { id, kind, fails: [] };
  const change = "find" in mutant ? { change: { file: mutant.file, find: mutant.find, replace: mutant.replace } } : {};
  return { id, kind, fails: [...failed], says: mutant.message, ...change };
}

/** The broken implementations that fail this row and nothing else, those with a change of the source to show first. */
export function demonstrations(matrix: KillMatrix, id: string): readonly KillMatrixMutant[] {
  return matrix.mutants
    .filter(({ fails }) => fails.length === 1 && fails[0] === id)
    .toSorted((a, b) => Number(b.change !== undefined) - Number(a.change !== undefined));
}
