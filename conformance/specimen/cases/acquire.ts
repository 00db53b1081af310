import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { shown } from "../../src/judge/shown.ts";
import { acquireHeld, readJournal, statusOf, ticketing } from "./lease.ts";
import type { Lease } from "./lease.ts";

/** How long the host keeps its answer to see whether two questions are asked at once. */
const IN_TURN_MS = 300;

const WRONG_TTLS = [0, -1, 1.5, 86_400_001, 1e21] as const;

export const acquireCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-001/ticket-of-the-host",
    requirement: "LEASE-001",
    title: "acquires two leases under a host that hands out a new ticket each time",
    isolation: "shared",
    expects: ["first ticket", "second ticket", "held", "unknown lease"],
    run: async (context) => {
      const { tickets, accept } = ticketing(context);
      const instance = await context.open({ ports: { accept } });
      for (const [index, name] of (["first ticket", "second ticket"] as const).entries()) {
        const resource = context.random.word();
        const answer = await instance.ask<Lease>("acquire", { resource, ttlMs: 60_000 });
        const isOfHost = answer.ok && tickets.length === index + 1 && answer.value.ticket === tickets[index];
        const isRight = isOfHost && answer.value.resource === resource;
        const expected = `a lease on ${resource} with the ticket ${tickets[index] ?? "that accept would have answered"}`;
        context.check(name, isRight, {
          did: "acquired a lease",
          expected,
          got: `${shown(answer)} after ${tickets.length} calls of accept`,
        });
        if (index === 0 || !answer.ok) continue;
        const status = await statusOf(instance, answer.value.leaseId);
        const isHeld = status.held && status.ticket === tickets[index];
        context.check("held", isHeld, { did: "asked for its status", expected: `held, ticket ${tickets[index]}`, got: shown(status) });
      }
      const unknown = await statusOf(instance, context.random.word());
      context.check("unknown lease", !unknown.held, {
        did: "asked for the status of a lease that does not exist",
        expected: "not held",
        got: shown(unknown),
      });
    },
  }),
  defineCase({
    id: "LEASE-001/two-at-once",
    requirement: "LEASE-001",
    title: "acquires two leases at the same time",
    isolation: "shared",
    expects: ["two leases"],
    run: async (context) => {
      const tickets = new Map<string, string>();
      const bothAsked = Promise.withResolvers<void>();
      const instance = await context.open({
        ports: {
          accept: async ([request]) => {
            const ticket = context.random.word(16);
            tickets.set((request as { resource: string }).resource, ticket);
            if (tickets.size === 2) bothAsked.resolve();
            await bothAsked.promise;
            return { value: { accepted: true, ticket } };
          },
        },
      });
      // One that takes leases in turn asks for the second only once it has the first, which is right too.
      const inTurn = setTimeout(() => bothAsked.resolve(), IN_TURN_MS);
      const resources = [context.random.word(), context.random.word()];
      const calls = resources.map((resource) => instance.begin<Lease>("acquire", [{ resource, ttlMs: 60_000 }]));
      const answers = await Promise.all(calls.map((call) => call.answer)).finally(() => clearTimeout(inTurn));
      const isMixedUp = answers.some((answer, index) => answer.ok && answer.value.resource !== resources[index]);
      context.control("WIRE-004", !isMixedUp, {
        did: "acquired two leases at the same time",
        expected: "each answer under the id of its request",
        got: answers.map(shown).join(" and "),
      });
      const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.leaseId : "none")));
      const isRight = answers.every((answer, index) => answer.ok && answer.value.ticket === tickets.get(resources[index] ?? ""));
      context.check("two leases", isRight && ids.size === 2, {
        did: `acquired ${resources.join(" and ")} at the same time`,
        expected: "two leases, each with an id and a ticket of its own",
        got: answers.map(shown).join(" and "),
        next: "Wait for nothing between the choice of an id and its entry in the journal.",
      });
    },
  }),
  defineCase({
    id: "LEASE-002/refused",
    requirement: "LEASE-002",
    title: "acquires under a host that refuses one resource and accepts another",
    isolation: "shared",
    negative: true,
    expects: ["fails with REFUSED", "leaves no entry"],
    run: async (context) => {
      const refused = context.random.word();
      const { tickets, accept } = ticketing(context);
      const instance = await context.open({
        ports: {
          accept: (args) => ((args[0] as { resource: string }).resource === refused ? { value: { accepted: false } } : accept(args)),
        },
      });
      const answer = await instance.ask<Lease>("acquire", { resource: refused, ttlMs: 60_000 });
      const isRefused = !answer.ok && answer.error.code === "REFUSED";
      context.check("fails with REFUSED", isRefused, {
        did: "acquired a resource that the host does not accept",
        expected: "the error REFUSED",
        got: shown(answer),
      });

      const lease = await acquireHeld(context, instance, 60_000);
      const events = (await readJournal(instance)).filter((part) => part.type === "event");
      context.sensor("the journal", tickets.length > 0);
      const seen = events.some((part) => part.ticket === lease.ticket && part.leaseId === lease.leaseId);
      context.contrast("LEASE-010", seen, {
        did: "acquired a resource that the host accepts",
        expected: "its entry in the journal",
        got: shown(events),
      });
      context.barrier("the end of the journal, read after the later lease was in it");
      const strays = events.filter((part) => part.leaseId !== lease.leaseId);
      context.check("leaves no entry", strays.length === 0, {
        did: "read the journal after a refusal and a grant",
        expected: "the granted lease only",
        got: shown(strays),
      });
    },
  }),
  defineCase({
    id: "LEASE-003/port-fails",
    requirement: "LEASE-003",
    title: "acquires under a host whose accept port fails, then under one that answers",
    isolation: "shared",
    expects: ["fails with REFUSED"],
    run: async (context) => {
      const broken = context.random.word();
      const { accept } = ticketing(context);
      const instance = await context.open({
        ports: {
          accept: (args) =>
            (args[0] as { resource: string }).resource === broken
              ? { reject: { code: "UNAVAILABLE", message: "The host is busy" } }
              : accept(args),
        },
      });
      await acquireHeld(context, instance, 60_000);
      const answer = await instance.ask<Lease>("acquire", { resource: broken, ttlMs: 60_000 });
      const isRefused = !answer.ok && answer.error.code === "REFUSED";
      context.check("fails with REFUSED", isRefused, {
        did: "acquired while the accept port fails with UNAVAILABLE",
        expected: "the error REFUSED",
        got: shown(answer),
      });
    },
  }),
  defineCase({
    id: "LEASE-004/wrong-ttl",
    requirement: "LEASE-004",
    title: `acquires for ${WRONG_TTLS.join(", ")} ms, and for the shortest and the longest time that is allowed`,
    isolation: "shared",
    negative: true,
    expects: [...WRONG_TTLS.map((ttlMs) => `ttlMs ${ttlMs}`), "ttlMs 1", "ttlMs 86400000", "host not asked"],
    run: async (context) => {
      const asked: number[] = [];
      const { accept } = ticketing(context);
      const instance = await context.open({
        ports: {
          accept: (args) => {
            asked.push((args[0] as { ttlMs: number }).ttlMs);
            return accept(args);
          },
        },
      });
      for (const ttlMs of WRONG_TTLS) {
        const answer = await instance.ask<Lease>("acquire", { resource: context.random.word(), ttlMs });
        const isInvalid = !answer.ok && answer.error.code === "INVALID_ARGUMENT";
        context.check(`ttlMs ${ttlMs}`, isInvalid, {
          did: `acquired for ${ttlMs} ms`,
          expected: "the error INVALID_ARGUMENT",
          got: shown(answer),
        });
      }
      const askedForWrong = [...asked];
      for (const ttlMs of [1, 86_400_000]) {
        const answer = await instance.ask<Lease>("acquire", { resource: context.random.word(), ttlMs });
        context.check(`ttlMs ${ttlMs}`, answer.ok, { did: `acquired for ${ttlMs} ms`, expected: "a lease", got: shown(answer) });
      }
      context.sensor("the accept port", asked.length > askedForWrong.length);
      context.contrast("LEASE-001", asked.includes(1), {
        did: "acquired for 1 ms",
        expected: "accept asked with ttlMs 1",
        got: shown(asked),
      });
      context.barrier("the answer to a later acquire");
      context.check("host not asked", askedForWrong.length === 0, {
        did: "acquired with wrong times to live",
        expected: "no call of accept",
        got: `accept with ttlMs ${askedForWrong.join(", ")}`,
      });
    },
  }),
];
