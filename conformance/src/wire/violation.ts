/** The named ways in which a session goes wrong that first-time authors meet; the guide explains each. */
export type Diagnosis =
  | "open-failed"
  | "close-failed"
  | "method-missing"
  | "stdout-noise"
  | "unflushed-line"
  | "frame-too-large"
  | "invalid-frame"
  | "invalid-value"
  | "missing-id"
  | "unknown-id"
  | "answered-twice"
  | "not-answered"
  | "over-credit"
  | "item-out-of-sequence"
  | "wrong-item-count"
  | "item-after-end"
  | "uncoded-error"
  | "unknown-code"
  | "secret-leaked"
  | "open-handle"
  | "exited-unasked"
  | "bad-exit-status"
  | "orphan-process";

/** Something in a session that a WIRE row forbids. */
export interface Violation {
  readonly requirement: string;
  readonly diagnosis: Diagnosis;
  /** What was being done. */
  readonly did: string;
  readonly expected: string;
  readonly got: string;
  /** The case that was running, or null between cases. */
  readonly caseId: string | null;
}
