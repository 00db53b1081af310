/**
 * The codes that a call may fail with. That an elevation is not given is no failure: it is an answer with one of the codes of
 * {@link ReplyCode} or {@link AcquireCode}.
 *
 * - `INVALID_REQUEST`: an argument breaks its schema. Nothing changed and nothing was audited.
 */
export const ELEVATION_GATE_ERROR_CODES = ["INVALID_REQUEST"] as const;

export type ElevationGateErrorCode = (typeof ELEVATION_GATE_ERROR_CODES)[number];
