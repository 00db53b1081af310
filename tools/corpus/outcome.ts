import * as z from "zod";

/** What a scanner's own default policy does with a skill. `failed`: it ended, or gave no answer in time. */
const OUTCOMES = ["blocked", "warned", "allowed", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

const foundSchema = z.strictObject({
  rule: z.string(),
  weight: z.string(),
  path: z.string(),
  line: z.number().nullable(),
  message: z.string(),
});
export type Found = z.infer<typeof foundSchema>;

/** One line that a worker writes for one folder. */
export const answerSchema = z.strictObject({ outcome: z.enum(OUTCOMES), found: z.array(foundSchema) });
export type Answer = z.infer<typeof answerSchema>;
