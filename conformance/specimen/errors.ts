/**
 * - `INVALID_ARGUMENT`: the request breaks its schema; nothing was asked of the host and nothing changed.
 * - `REFUSED`: the host did not accept the lease.
 * - `UNSUPPORTED`: an operation whose flag the implementation does not declare.
 * - `ABORTED`: the caller's signal was aborted before the call was over.
 */
export const SPECIMEN_ERROR_CODES = ["INVALID_ARGUMENT", "REFUSED", "UNSUPPORTED", "ABORTED"] as const;

export type SpecimenErrorCode = (typeof SPECIMEN_ERROR_CODES)[number];
