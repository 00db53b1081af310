import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { shown } from "../../src/judge/shown.ts";
import { acquireHeld, statusOf } from "./lease.ts";

export const expiryCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-005/at-exactly-ttl",
    requirement: "LEASE-005",
    title: "asks for the status one millisecond before the time to live is over, and when it is",
    isolation: "shared",
    movesTime: true,
    expects: ["held at ttl-1", "over at ttl"],
    run: async (context) => {
      const instance = await context.open();
      const ttlMs = 1_000 + context.random.integer(500);
      const { leaseId } = await acquireHeld(context, instance, ttlMs);
      const { slackMs } = instance.clock;
      await instance.clock.advance(ttlMs - 1 - slackMs);
      const before = await statusOf(instance, leaseId);
      context.check("held at ttl-1", before.held, {
        did: `asked ${ttlMs - 1 - slackMs} ms into a lease of ${ttlMs} ms`,
        expected: "held",
        got: shown(before),
      });
      await instance.clock.advance(1 + 2 * slackMs);
      const after = await statusOf(instance, leaseId);
      context.check("over at ttl", !after.held, {
        did: `asked ${ttlMs + slackMs} ms into a lease of ${ttlMs} ms`,
        expected: "not held",
        got: shown(after),
      });
    },
  }),
  defineCase({
    id: "LEASE-006/no-timer-fires",
    requirement: "LEASE-006",
    title: "jumps over the time to live without letting any timer fire",
    isolation: "shared",
    movesTime: true,
    expects: ["over without a timer"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 2_000);
      await instance.clock.jump({ mono: 2_000, boot: 2_000, wall: 2_000, fire: false });
      const status = await statusOf(instance, leaseId);
      context.check("over without a timer", !status.held, {
        did: "asked at the end of the lease, with no timer fired",
        expected: "not held",
        got: shown(status),
      });
    },
  }),
  defineCase({
    id: "LEASE-007/suspend",
    requirement: "LEASE-007",
    title: "lets the boot clock run ahead of the monotonic one, as a suspend does",
    isolation: "shared",
    movesTime: true,
    expects: ["held before", "over after the suspend"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 5_000);
      await instance.clock.jump({ mono: 10, boot: 4_999, wall: 4_999 });
      const before = await statusOf(instance, leaseId);
      context.check("held before", before.held, {
        did: "asked after 4999 of 5000 ms, 4989 of them in suspend",
        expected: "held",
        got: shown(before),
      });
      await instance.clock.jump({ boot: 1, wall: 1 });
      const after = await statusOf(instance, leaseId);
      context.check("over after the suspend", !after.held, {
        did: "asked after 5000 of 5000 ms, 4990 of them in suspend",
        expected: "not held",
        got: shown(after),
      });
    },
  }),
  defineCase({
    id: "LEASE-007/wall-clock",
    requirement: "LEASE-007",
    title: "sets the wall clock a day ahead and a day back",
    isolation: "shared",
    movesTime: true,
    expects: ["held a day ahead", "over a day back"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 5_000);
      await instance.clock.jump({ mono: 1, boot: 1, wall: 86_400_000 });
      const ahead = await statusOf(instance, leaseId);
      context.check("held a day ahead", ahead.held, {
        did: "asked after 1 of 5000 ms, with the wall clock set a day ahead",
        expected: "held",
        got: shown(ahead),
      });
      await instance.clock.jump({ mono: 4_999, boot: 4_999, wall: -172_800_000 });
      const back = await statusOf(instance, leaseId);
      context.check("over a day back", !back.held, {
        did: "asked after 5000 of 5000 ms, with the wall clock set a day back",
        expected: "not held",
        got: shown(back),
      });
    },
  }),
  defineCase({
    id: "LEASE-008/remaining-time",
    requirement: "LEASE-008",
    title: "asks how much time is left",
    isolation: "shared",
    movesTime: true,
    expects: ["remaining time"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 3_000);
      await instance.clock.advance(1_234);
      const { slackMs } = instance.clock;
      const status = await statusOf(instance, leaseId);
      const isExact = Math.abs(status.remainingMs - 1_766) <= slackMs;
      context.check("remaining time", isExact, {
        did: "asked 1234 ms into a lease of 3000 ms",
        expected: `remainingMs 1766${slackMs > 0 ? `, give or take ${slackMs}` : ""}`,
        got: shown(status),
      });
    },
  }),
  defineCase({
    id: "LEASE-009/release",
    requirement: "LEASE-009",
    title: "releases a lease twice",
    isolation: "shared",
    expects: ["released", "not held", "second time"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 60_000);
      const first = await instance.ask<{ released: boolean }>("release", { leaseId });
      context.check("released", first.ok && first.value.released, {
        did: "released a held lease",
        expected: "released: true",
        got: shown(first),
      });
      const status = await statusOf(instance, leaseId);
      context.check("not held", !status.held, { did: "asked for its status", expected: "not held", got: shown(status) });
      const second = await instance.ask<{ released: boolean }>("release", { leaseId });
      context.check("second time", second.ok && !second.value.released, {
        did: "released it again",
        expected: "released: false",
        got: shown(second),
      });
    },
  }),
];
