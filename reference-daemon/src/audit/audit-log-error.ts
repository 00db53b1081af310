import { CodedError } from "@flynn/sdk/kernel";

/**
 * - `UNSAFE`: a folder or file that others could read, write or have put there.
 * - `LOCKED`: another process writes this log.
 * - `DAMAGED`: what is there cannot be gone on with; `flynn audit verify` says where.
 * - `MISSING`: there is no log.
 * - `OUT_OF_PLACE`: the event does not follow the last one, or is none. The log is as it was.
 * - `NOT_WRITTEN`: the event could not be written. The log is as it was.
 * - `UNUSABLE`: nothing more can be written until the log is opened again.
 */
const AUDIT_LOG_ERROR_CODES = ["UNSAFE", "LOCKED", "DAMAGED", "MISSING", "OUT_OF_PLACE", "NOT_WRITTEN", "UNUSABLE"] as const;
export type AuditLogErrorCode = (typeof AUDIT_LOG_ERROR_CODES)[number];

export function auditLogError(
  code: AuditLogErrorCode,
  message: string,
  options: { readonly cause?: unknown } = {},
): CodedError<AuditLogErrorCode> {
  return new CodedError(code, message, { ...options, retryable: code === "NOT_WRITTEN" });
}

/** Whether the system said `code`, such as ENOENT. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
