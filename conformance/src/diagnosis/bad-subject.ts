/** Why nothing could be judged, as a closed list; each is explained in the guide. */
export type BadSubjectReason =
  | "module-not-found"
  | "module-threw"
  | "not-a-subject"
  | "command-not-found"
  | "command-not-executable"
  | "exited-before-hello"
  | "no-hello"
  | "bad-hello"
  | "contract-missing";

/** The subject cannot be judged at all: exit 2. */
export class BadSubject extends Error {
  override readonly name = "BadSubject";
  readonly reason: BadSubjectReason;
  /** What the author should do next. */
  readonly next: string;

  constructor(reason: BadSubjectReason, message: string, next: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.reason = reason;
    this.next = next;
  }
}
