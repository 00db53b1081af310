import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { AUDIT_GENESIS, chainEvent, verifyChain } from "./audit-chain.ts";
import type { UnchainedEvent } from "./audit-chain.ts";
import type { AuditEvent, AuditHead } from "./schema.ts";

function unchained(reason: string): UnchainedEvent {
  return {
    v: 1,
    ts: "2026-01-01T00:00:00.000Z",
    monoMs: 0,
    epoch: "epoch",
    type: "elevation.requested",
    grantId: "grant",
    principalId: "p",
    sessionId: "s",
    agentId: "a",
    surface: "cli",
    origin: "human",
    tools: ["exec"],
    mode: "window",
    ttlMs: 60_000,
    remainingMs: 0.5,
    reason,
    cause: null,
    tool: null,
    callDigest: null,
    preview: null,
    environment: null,
    leaseId: null,
    exitCode: null,
    signal: null,
    suppressed: 0,
    redactions: 0,
  };
}

function chainOf(reasons: readonly string[], start: AuditHead | null = null): AuditEvent[] {
  let head = start;
  return reasons.map((reason) => {
    const event = chainEvent(unchained(reason), head);
    head = { seq: event.seq, hash: event.hash };
    return event;
  });
}

const reasons = fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 12 });

describe("a chain", () => {
  test("starts with 64 zeros, or goes on from a head", () => {
    const [first] = chainOf(["a"]);
    expect([first?.seq, first?.prevHash]).toEqual([1, AUDIT_GENESIS]);
    const head = { seq: 41, hash: "f".repeat(64) };
    const later = chainOf(["a", "b"], head);
    expect([later[0]?.seq, later[0]?.prevHash]).toEqual([42, head.hash]);
    expect(verifyChain(later, head)).toBeUndefined();
    expect(verifyChain(later)).toEqual({ line: 1, problem: "it does not follow the event before it" });
  });

  test("has the hash that another language comes to", () => {
    // python3: hashlib.sha256(json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
    expect(chainOf(["réparer \u2028 \u0007"])[0]?.hash).toBe("a47803d3005a8a2df3b128b82d49d5b979c5bbdf7423ff94e047a186a352d8d5");
  });

  test("of any events verifies", () => {
    fc.assert(
      fc.property(reasons, (texts) => {
        expect(verifyChain(chainOf(texts))).toBeUndefined();
      }),
    );
  });

  test("is broken by any edit, deletion, swap, insertion or duplicate, and says where first", () => {
    const change = fc.constantFrom("edit", "delete", "swap", "insert", "duplicate");
    fc.assert(
      fc.property(reasons, change, fc.nat(), (texts, kind, at) => {
        const events = chainOf(texts);
        const index = at % (events.length - 1);
        const [event, next] = [events[index] as AuditEvent, events[index + 1] as AuditEvent];
        if (kind === "edit") events[index] = { ...event, reason: `${event.reason}x` };
        else if (kind === "delete") events.splice(index, 1);
        else if (kind === "swap") events.splice(index, 2, next, event);
        else if (kind === "insert") events.splice(index, 0, chainEvent(unchained("forged"), null));
        else events.splice(index, 0, event);
        const broken = verifyChain(events);
        // The first event is right where it stands also with another one before it of the same kind.
        expect(broken?.line).toBeGreaterThanOrEqual(index + 1);
        expect(broken?.line).toBeLessThanOrEqual(index + 2);
      }),
    );
  });

  test("that holds something else than events is broken there", () => {
    const events: unknown[] = chainOf(["a", "b"]);
    for (const stray of [null, "", {}, [], { ...(events[1] as AuditEvent), extra: 1 }]) {
      expect(verifyChain([events[0], stray])).toEqual({ line: 2, problem: "it is not an event of the audit log" });
    }
  });

  test("that is cut off is whole as far as it goes", () => {
    expect(verifyChain(chainOf(["a", "b", "c"]).slice(0, 2))).toBeUndefined();
    expect(verifyChain([])).toBeUndefined();
  });
});
