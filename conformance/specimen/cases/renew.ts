import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { shown } from "../../src/judge/shown.ts";
import { acquireHeld, statusOf } from "./lease.ts";

export const renewCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-013/from-now",
    requirement: "LEASE-013",
    title: "renews a lease half way through and looks at both ends of the new time",
    isolation: "shared",
    movesTime: true,
    expects: ["renewed", "held at its new ttl-1", "over at its new ttl", "not renewed when over"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 1_000);
      await instance.clock.advance(600);
      const answer = await instance.ask<{ renewed: boolean }>("renew", { leaseId, ttlMs: 900 });
      context.check("renewed", answer.ok && answer.value.renewed, {
        did: "renewed a held lease",
        expected: "renewed: true",
        got: shown(answer),
      });
      const { slackMs } = instance.clock;
      await instance.clock.advance(899 - slackMs);
      const before = await statusOf(instance, leaseId);
      context.check("held at its new ttl-1", before.held, {
        did: `asked ${899 - slackMs} ms after a renewal for 900 ms`,
        expected: "held",
        got: shown(before),
      });
      await instance.clock.advance(1 + 2 * slackMs);
      const after = await statusOf(instance, leaseId);
      context.check("over at its new ttl", !after.held, {
        did: `asked ${900 + slackMs} ms after a renewal for 900 ms`,
        expected: "not held",
        got: shown(after),
      });
      const late = await instance.ask<{ renewed: boolean }>("renew", { leaseId, ttlMs: 900 });
      context.check("not renewed when over", late.ok && !late.value.renewed, {
        did: "renewed a lease that is over",
        expected: "renewed: false",
        got: shown(late),
      });
    },
  }),
  defineCase({
    id: "LEASE-014/refused-without-the-flag",
    requirement: "LEASE-014",
    title: "renews a lease although the subject does not declare that it can",
    isolation: "shared",
    movesTime: true,
    expects: ["fails with UNSUPPORTED", "runs out as before"],
    run: async (context) => {
      const instance = await context.open();
      const { leaseId } = await acquireHeld(context, instance, 1_000);
      const answer = await instance.ask<{ renewed: boolean }>("renew", { leaseId, ttlMs: 5_000 });
      const isRefused = !answer.ok && answer.error.code === "UNSUPPORTED";
      const next = "Declare the flag `renew` if the operation works; otherwise refuse it.";
      context.check("fails with UNSUPPORTED", isRefused, {
        did: "renewed a lease without the flag",
        expected: "the error UNSUPPORTED",
        got: shown(answer),
        next,
      });
      await instance.clock.advance(1_000);
      const status = await statusOf(instance, leaseId);
      context.check("runs out as before", !status.held, {
        did: "asked at the end of the lease's own time",
        expected: "not held",
        got: shown(status),
      });
    },
  }),
];
