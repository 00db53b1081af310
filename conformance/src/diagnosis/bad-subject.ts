import * as z from "zod";

/** Why nothing could be judged, as a closed list; each is explained in the guide. */
const badSubjectReasonSchema = z.enum([
  "module-not-found",
  "module-threw",
  "not-a-subject",
  "command-not-found",
  "command-not-executable",
  "exited-before-hello",
  "no-hello",
  "bad-hello",
  "contract-missing",
]);
export type BadSubjectReason = z.infer<typeof badSubjectReasonSchema>;

/** How a process that hosts a module tells the suite why it could not. */
export const badSubjectSchema = z.strictObject({ reason: badSubjectReasonSchema, message: z.string(), next: z.string() });

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
