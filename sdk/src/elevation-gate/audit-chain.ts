import { createHash } from "node:crypto";

import { canonicalJson } from "../kernel/canonical-json.ts";
import { auditEventSchema } from "./schema.ts";
import type { AuditEvent, AuditHead } from "./schema.ts";

/** `prevHash` of the first event of a log. */
export const AUDIT_GENESIS = "0".repeat(64);

/** An event before it has its place in a log. */
export type UnchainedEvent = Omit<AuditEvent, "seq" | "prevHash" | "hash">;

/**
 * The event in its place after `head`: `seq` one more, `prevHash` its hash, and `hash` the sha256, in lower-case hex, of the
 * canonical JSON (RFC 8785) of all other members. The first event of a log has `seq` 1 and a `prevHash` of 64 zeros.
 */
export function chainEvent(event: UnchainedEvent, head: AuditHead | null): AuditEvent {
  const placed = { ...event, seq: (head?.seq ?? 0) + 1, prevHash: head?.hash ?? AUDIT_GENESIS };
  return { ...placed, hash: hashOf(placed) };
}

/** Where a chain is broken first. */
export interface ChainBreak {
  /** Counts from 1. */
  readonly line: number;
  readonly problem: string;
}

/**
 * The first break of a chain that starts after `head`, or undefined where there is none. An entry that is no event, such as a
 * line that does not parse, is a break. A chain that was cut off at its end has no break: that takes a head to compare with.
 */
export function verifyChain(events: Iterable<unknown>, head: AuditHead | null = null): ChainBreak | undefined {
  let before = head;
  let line = 0;
  for (const given of events) {
    line += 1;
    const parsed = auditEventSchema.safeParse(given);
    if (!parsed.success) return { line, problem: "it is not an event of the audit log" };
    const { hash, ...rest } = parsed.data;
    if (hashOf(rest) !== hash) return { line, problem: "its hash is not the hash of what it says" };
    if (rest.prevHash !== (before?.hash ?? AUDIT_GENESIS)) return { line, problem: "it does not follow the event before it" };
    if (rest.seq !== (before?.seq ?? 0) + 1) return { line, problem: `its seq is ${rest.seq} and should be ${(before?.seq ?? 0) + 1}` };
    before = { seq: rest.seq, hash };
  }
  return undefined;
}

function hashOf(event: Omit<AuditEvent, "hash">): string {
  return createHash("sha256").update(canonicalJson(event)).digest("hex");
}
