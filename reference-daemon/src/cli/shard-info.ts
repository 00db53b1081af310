import * as z from "zod";

import { MOST_SHARDS } from "./skills-scan-shard.ts";

/** What a report says of the part that it holds, so that parts can be told to belong together and to be all there are. */
export const shardInfoSchema = z.strictObject({
  index: z.int().min(1).max(MOST_SHARDS),
  count: z.int().min(1).max(MOST_SHARDS),
  /** Skills in all parts together, and a digest of their names. */
  skills: z.int().min(0),
  list: z.string().min(1),
  /** What judged them. */
  rulesVersion: z.string().min(1),
  policy: z.string().min(1),
});
export type ShardInfo = z.infer<typeof shardInfoSchema>;
