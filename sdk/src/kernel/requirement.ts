import * as z from "zod";

/** RFC 2119 levels. A MUST that is not shown to hold makes a subject non-conformant; a SHOULD only warns. */
export const levelSchema = z.enum(["MUST", "SHOULD"]);
export type Level = z.infer<typeof levelSchema>;

/** One thing that a contract asks. Text only: how it is checked stays with the case. */
export const requirementSchema = z.strictObject({
  /** `PREFIX-NNN`. A changed meaning gets a new id; an id is never used again. */
  id: z.string().regex(/^[A-Z]+-\d{3}$/u),
  level: levelSchema,
  /** The version of the contract that brought it. */
  since: z.string().regex(/^\d+\.\d+\.\d+$/u),
  /** One or two sentences that could be false. */
  text: z.string().min(20),
  /** What goes wrong for people where it does not hold. */
  why: z.string().min(10),
  source: z.strictObject({ doc: z.string(), anchor: z.string() }),
  /** The methods and ports of the contract that it exercises. */
  uses: z.array(z.string()).min(1).readonly(),
  /** The capability that brings it in: `renew` applies where the flag is declared, `!renew` where it is not. */
  flag: z
    .string()
    .regex(/^!?[a-z][a-z-]*$/u)
    .optional(),
  /** Rows without which this one cannot be judged; where one of them does not pass, this one is INCONCLUSIVE. */
  after: z.array(z.string()).readonly().optional(),
  /** The first thing an author should try when it fails. */
  hint: z.string().min(10),
  /** Why no case of this suite can show it. Such a row is listed and never counted. */
  untestable: z.string().min(10).optional(),
  /** Why it cannot fail without another row failing too. */
  entangled: z.string().min(10).optional(),
});

export type Requirement = z.infer<typeof requirementSchema>;

/** Checks the rows of one contract when its module loads, so that a bad row is found at once and not when it is run. */
export function defineRequirements(prefix: string, rows: readonly Requirement[]): readonly Requirement[] {
  const ids = new Set<string>();
  for (const row of rows) {
    const parsed = requirementSchema.safeParse(row);
    if (!parsed.success) throw new Error(`The row ${row.id} is malformed: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
    if (!row.id.startsWith(`${prefix}-`)) throw new Error(`${row.id} stands among the ${prefix}- rows`);
    if (ids.has(row.id)) throw new Error(`${row.id} is there twice; an id is never used again`);
    ids.add(row.id);
  }
  checkOrder(rows);
  return rows;
}

/** A row that waits for itself, over whatever others, could never be judged. */
function checkOrder(rows: readonly Requirement[]): void {
  const left = new Map(rows.map((row) => [row.id, row.after ?? []]));
  for (const [id, after] of left) {
    const unknown = after.find((before) => !left.has(before));
    if (unknown !== undefined) throw new Error(`${id} is after ${unknown}, which is not among these rows`);
  }
  const judged = new Set<string>();
  while (left.size > 0) {
    const next = [...left].filter(([, after]) => after.every((before) => judged.has(before))).map(([id]) => id);
    if (next.length === 0) throw new Error(`${[...left.keys()].join(", ")} wait for each other, so none of them could be judged`);
    for (const id of next) {
      judged.add(id);
      left.delete(id);
    }
  }
}
