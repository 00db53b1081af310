import { scanResultSchema } from "@flynn/sdk/skill-scanner";
import type { HostSuppression, ScanResult } from "@flynn/sdk/skill-scanner";
import * as z from "zod";

import type { SkillToScan } from "../batch/skill-batch.ts";
import { hasRested } from "../tree/tree-state.ts";
import type { TreeState } from "../tree/tree-state.ts";

export const cacheEntrySchema = z.strictObject({
  root: z.string().min(1),
  skillName: z.string(),
  /** The digest of the {@link TreeState} that was there before and after the scan. */
  state: z.string().min(1),
  /** The wall clock at the start of the scan. */
  scannedAt: z.number(),
  /** From this instant of the wall clock on, a suppression has expired; null if none will. */
  until: z.number().nullable(),
  result: scanResultSchema,
});
export type CacheEntry = z.infer<typeof cacheEntrySchema>;

/** What may be remembered of a scan; null if the next one cannot rely on it. */
export function entryOf(
  { root, skillName }: SkillToScan,
  scan: {
    readonly before: TreeState | null;
    readonly after: TreeState | null;
    readonly scannedAt: number;
    readonly result: ScanResult;
    readonly suppressions: readonly HostSuppression[];
  },
): CacheEntry | null {
  const { before, after, scannedAt, result, suppressions } = scan;
  const isSame = before !== null && before.digest === after?.digest;
  if (!isSame || !result.complete || !hasRested(before, scannedAt)) return null;
  const ends = suppressions.filter(({ skill }) => skill === skillName).map(({ expires }) => Date.parse(expires));
  const until = Math.min(...ends.filter((end) => end > scannedAt));
  return { root, skillName, state: before.digest, scannedAt, until: Number.isFinite(until) ? until : null, result };
}

/** Whether a scan at `now` would give what the entry holds. Before its own scan, a suppression that has expired since was in force. */
export function isValid({ state, scannedAt, until }: CacheEntry, now: number, current: TreeState): boolean {
  return state === current.digest && now >= scannedAt && (until === null || now < until);
}
