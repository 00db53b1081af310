import { scanResultSchema } from "@flynn/sdk/skill-scanner";
import * as z from "zod";

import { shardInfoSchema } from "./shard-info.ts";
import type { ShardInfo } from "./shard-info.ts";
import type { ScannedSkill } from "./skills-scan.ts";

const SCHEMA = "flynn-skills-scan/1";

/** What {@link jsonReport} writes. */
export const jsonReportSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  /** Where it is one part of several. */
  shard: shardInfoSchema.optional(),
  skills: z.array(z.strictObject({ folder: z.string(), result: scanResultSchema })),
});
export type JsonReport = z.infer<typeof jsonReportSchema>;

/** One document, whatever the number of folders, in the order in which they were given. */
export function jsonReport(skills: readonly ScannedSkill[], shard?: ShardInfo): string {
  return `${JSON.stringify({ schema: SCHEMA, ...(shard === undefined ? {} : { shard }), skills }, null, 2)}\n`;
}
