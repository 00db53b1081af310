import * as z from "zod";

/** A day, `2027-01-31`, that exists. */
const daySchema = z.iso.date();

/**
 * One failure that is known and accepted for a while: this case of this requirement, failing in this way. Nothing else is
 * excused by it.
 */
export const baselineEntrySchema = z
  .strictObject({
    /** With its version: `skill-scanner@1`. */
    contract: z.string().min(1),
    id: z.string().min(1),
    case: z.string().min(1),
    /** As the JSON report has it for the case. Another one is another failure. */
    fingerprint: z.string().min(1),
    /** Why it is accepted. */
    reason: z.string().trim().min(1),
    /** Where it is tracked: a URL, or a number that the team understands. */
    issue: z.string().trim().min(1),
    /** The last day on which it is accepted, in UTC. */
    until: daySchema,
  })
  .meta({ id: "BaselineEntry" });

export const BASELINE_VERSION = "flynn-conformance-baseline/1";

/** The file that `--baseline` reads and `--update-baseline` writes. */
export const baselineSchema = z.strictObject({
  schema: z.literal(BASELINE_VERSION),
  /** The seed of the run that wrote it, and of each run against it that names none. */
  seed: z.string().min(1),
  entries: z.array(baselineEntrySchema),
});

export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineEntry = z.infer<typeof baselineEntrySchema>;

/** What an entry is about; two entries of one file may not share it. */
export function entryKey({ contract, case: name }: Pick<BaselineEntry, "contract" | "case">): string {
  return `${contract} ${name}`;
}
