import { auditEventSchema } from "@flynn/sdk/elevation-gate";
import type { AuditEvent } from "@flynn/sdk/elevation-gate";

/** Without the LF. Longer lines are neither written nor believed, so that reading one takes bounded memory. */
export const LONGEST_LINE_BYTES = 1_048_576;

const MEMBERS = Object.keys(auditEventSchema.shape) as (keyof AuditEvent)[];

/** The one line that says this event: its members in the order of the schema, no white space, and an LF. */
export function eventLine(event: AuditEvent): Buffer {
  return Buffer.from(`${JSON.stringify(Object.fromEntries(MEMBERS.map((member) => [member, event[member]])))}\n`);
}

export type ReadLine = { readonly event: AuditEvent } | { readonly problem: string };

/**
 * The event that a line, without its LF, says. A line that says an event in any other way than {@link eventLine} was not
 * written by the log, and is a problem: a second member of the same name would be read by some and not by others.
 */
export function readEventLine(bytes: Buffer): ReadLine {
  if (bytes.length > LONGEST_LINE_BYTES) return { problem: `it is longer than ${LONGEST_LINE_BYTES} bytes` };
  if (bytes.length === 0) return { problem: "it is blank" };
  if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) return { problem: "it starts with a byte order mark" };
  if (bytes.at(-1) === CARRIAGE_RETURN) return { problem: "it ends with CR LF" };
  const event = eventFrom(bytes.toString("utf8"));
  if (typeof event === "string") return { problem: event };
  const isAsWritten = eventLine(event).subarray(0, -1).equals(bytes);
  return isAsWritten ? { event } : { problem: "it is an event, but not written as the log writes it" };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const CARRIAGE_RETURN = 0x0d;

function eventFrom(text: string): AuditEvent | string {
  try {
    const { success, data } = auditEventSchema.safeParse(JSON.parse(text));
    return success ? data : "it is not an event of the audit log";
  } catch {
    return "it is not JSON";
  }
}
