import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, UnchainedEvent } from "@flynn/sdk/elevation-gate";
import { expect, test } from "vitest";

import { auditEvent } from "./audit-events.ts";
import { AuditTrail } from "./audit-trail.ts";

function event(cause: string): UnchainedEvent {
  return auditEvent("gate.reloaded", { reading: { mono: 0, boot: 0, wall: 0 }, epoch: "epoch" }, {}, { cause });
}

/** A log that can be made to refuse. */
function log(): { readonly events: AuditEvent[]; isFull: boolean; readonly sink: (event: AuditEvent) => Promise<void> } {
  const events: AuditEvent[] = [];
  const state = {
    events,
    isFull: false,
    sink: async (taken: AuditEvent) => {
      if (state.isFull) throw new Error("no space left");
      events.push(taken);
    },
  };
  return state;
}

test("events come in the order in which they were told, one after the other, in a chain", async () => {
  const { events, sink } = log();
  const trail = new AuditTrail(sink, null);
  trail.tell(event("1"));
  const written = trail.write(event("2"));
  trail.tell(event("3"));
  expect(await written).toBe(true);
  await trail.flushed();
  expect(events.map(({ cause }) => cause)).toEqual(["1", "2", "3"]);
  expect(verifyChain(events)).toBeUndefined();
});

test("one that comes while the last was being settled is not left lying", async () => {
  const { events, sink } = log();
  const trail = new AuditTrail(sink, null);
  for (let turn = 0; turn < 100; turn += 1) expect(await trail.write(event(String(turn)))).toBe(true);
  expect(events).toHaveLength(100);
});

test("what is owed is written first once the log takes events again; what waited for it is gone", async () => {
  const state = log();
  const trail = new AuditTrail(state.sink, null);
  await trail.write(event("before"));
  state.isFull = true;
  trail.tell(event("owed 1"));
  expect(await trail.write(event("refused"))).toBe(false);
  trail.tell(event("owed 2"));
  await trail.flushed();
  state.isFull = false;
  expect(await trail.write(event("after"))).toBe(true);
  expect(state.events.map(({ cause }) => cause)).toEqual(["before", "owed 1", "owed 2", "after"]);
  expect(verifyChain(state.events)).toBeUndefined();
});

test("beyond the bound what is owed is counted, and the next event says how many are missing", async () => {
  const state = log();
  const trail = new AuditTrail(state.sink, null);
  state.isFull = true;
  for (let count = 0; count < 10_005; count += 1) trail.tell(event("owed"));
  await trail.flushed();
  state.isFull = false;
  await trail.write(event("after"));
  expect(state.events.length + state.events.reduce((sum, { suppressed }) => sum + suppressed, 0)).toBe(10_006);
});
