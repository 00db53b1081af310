/**
 * The codes that `scan` and `rules` may fail with. What a skill contains is never among the reasons: a hostile, broken or
 * unreadable skill gets a {@link ScanResult}.
 *
 * - `INVALID_REQUEST`: the caller's mistake, such as a relative `root` or an unknown limit.
 * - `ABORTED`: the caller's signal was aborted before the scan was over; there is no verdict.
 */
export const SKILL_SCANNER_ERROR_CODES = ["INVALID_REQUEST", "ABORTED"] as const;

export type SkillScannerErrorCode = (typeof SKILL_SCANNER_ERROR_CODES)[number];
