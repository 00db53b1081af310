import { CodedError } from "@flynn/sdk/kernel";

/**
 * - `UNSAFE`: others than the user could have written the file, and a skill with it, so that nothing in it may be believed.
 * - `INVALID`: it is damaged, or was written by another version.
 * - `UNREADABLE`, `UNWRITABLE`: the file system does not let us.
 */
const CACHE_ERROR_CODES = ["UNSAFE", "INVALID", "UNREADABLE", "UNWRITABLE"] as const;
export type CacheErrorCode = (typeof CACHE_ERROR_CODES)[number];

export function cacheError(code: CacheErrorCode, message: string, cause?: unknown): CodedError<CacheErrorCode> {
  return new CodedError(code, message, { cause });
}
