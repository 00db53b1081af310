import { AUDIT_GENESIS, verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { AuditHost } from "./audit-host.ts";
import { Gate, TOOLS, callOf, policyFor, someone, turnOf } from "./gate-in-case.ts";
import { HookHost } from "./hook-host.ts";

export const auditEventCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-049/chain",
    requirement: "ELV-049",
    title: "uses a gate that goes on with an older log, with calls at once and an event that is refused, and verifies the chain",
    isolation: "shared",
    expects: ["goes on", "is a chain", "one at a time", "new log"],
    run: async (context) => {
      const people = Array.from({ length: 4 }, () => someone(context.random));
      const [person = someone(context.random)] = people;
      const audit = new AuditHost();
      const hook = new HookHost();
      const head = { seq: 1_000 + context.random.integer(1_000), hash: context.random.bytes(32).toString("hex") };
      const instance = await context.open({
        config: { policy: policyFor(people), auditHead: head },
        ports: { audit: audit.handler, hook: hook.handler },
      });
      const gate = new Gate(context, instance, people, audit, hook);
      // Where writers of JSON differ: beyond ASCII, and what some of them escape.
      await gate.elevate(person, { reason: 'r\u00E9parer \u2603 </a> & "\u{1F600}" / \\ now' });
      // Held while others come: one that hands over two at once shows it here.
      audit.hold((event) => event.type === "elevation.requested");
      const before = audit.offered.length;
      const requests = people.map((who) => gate.beginRequest({ ...who, sessionId: `ses-${context.random.word(12)}` }));
      await audit.isOffered((event) => event.type === "elevation.requested" && audit.offered.indexOf(event) >= before);
      await gate.status(person);
      await gate.status(person);
      const atOnce = audit.offered.length - before;
      audit.letGo();
      await Promise.all(requests);
      audit.refuse((event) => event.type === "tool.exec.start");
      await gate.acquisition(turnOf(person));
      audit.refuse(() => false);
      await gate.acquisition(turnOf(person));
      await gate.revoke(person);
      await gate.barrier(person);
      const [first] = audit.events;
      context.check("goes on", first?.seq === head.seq + 1 && first.prevHash === head.hash, {
        did: `opened with auditHead ${JSON.stringify(head)}`,
        expected: `a first event with seq ${head.seq + 1} and that hash as prevHash`,
        got: `seq ${first?.seq} and prevHash ${first?.prevHash}`,
      });
      const broken = verifyChain(audit.events, head);
      context.check("is a chain", broken === undefined, {
        did: `verified the ${audit.events.length} events that were taken, one having been refused between them`,
        expected: "each follows the one before it, and its hash is the sha256 of its canonical JSON without `hash`",
        got: broken ? `event ${broken.line} (${audit.events[broken.line - 1]?.type}): ${broken.problem}` : "that",
      });
      context.check("one at a time", atOnce === 1, {
        did: "held one event while four requests came at once",
        expected: "no other event before it was taken",
        got: `${atOnce} at once`,
      });
      const fresh = await Gate.open(context, [person]);
      await fresh.pending(person);
      const [origin] = fresh.audit.events;
      context.check("new log", origin?.seq === 1 && origin.prevHash === AUDIT_GENESIS && verifyChain(fresh.audit.events) === undefined, {
        did: "opened with no auditHead",
        expected: "a first event with seq 1 and 64 zeros as prevHash",
        got: `seq ${origin?.seq} and prevHash ${origin?.prevHash}`,
      });
    },
  }),
  defineCase({
    id: "ELV-050/facts",
    requirement: "ELV-050",
    title: "requests, confirms, acquires, releases and revokes, and reads the events",
    isolation: "shared",
    movesTime: true,
    expects: ["requested", "activated", "start", "end", "revoked"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const ttlMs = 60_000 + context.random.integer(1_000);
      const reason = `restart ${context.random.word()}`;
      const tools = [TOOLS[2], TOOLS[0]];
      const { grantId } = await gate.elevate(person, { ttlMs, reason, tools });
      await gate.instance.clock.advance(1_000);
      const call = callOf(context.random);
      const callDigest = await gate.digestOf(turnOf(person), call);
      const acquired = await gate.acquire(turnOf(person), { call, checkedDigest: callDigest });
      const leaseId = acquired.ok ? acquired.value.leaseId : null;
      await gate.instance.ask("release", { leaseId, outcome: "exited", exitCode: 0, signal: null });
      await gate.revoke(person);
      await gate.barrier(person);
      const { principalId, sessionId, agentId } = person;
      const facts = { grantId, principalId, sessionId, agentId, mode: "window", ttlMs, reason };
      const ofCall = { tool: call.tool, callDigest, environment: "host", leaseId };
      for (const [name, type, more] of [
        ["requested", "elevation.requested", {}],
        ["activated", "elevation.activated", {}],
        ["start", "tool.exec.start", ofCall],
        ["end", "tool.exec.end", { tool: call.tool, leaseId }],
        ["revoked", "elevation.revoked", {}],
      ] as const) {
        const event = gate.audit.ofType(type, grantId)[0];
        const wrong = event
          ? Object.entries({ ...facts, ...more }).filter(([member, value]) => event[member as keyof AuditEvent] !== value)
          : [];
        const areTools = [...(event?.tools ?? [])].toSorted().join() === tools.toSorted().join();
        const isLeft = name !== "start" || isCloseTo(event?.remainingMs, ttlMs - 1_000, gate.instance.clock.slackMs);
        context.check(name, event !== undefined && wrong.length === 0 && areTools && isLeft, {
          did: `read ${type}`,
          expected: JSON.stringify({ ...facts, ...more, tools, ...(name === "start" ? { remainingMs: ttlMs - 1_000 } : {}) }),
          got: event
            ? `${wrong.map(([member]) => `${member} is ${shown(event[member as keyof AuditEvent])}`).join(", ")} tools ${event.tools?.join()} remainingMs ${event.remainingMs}`
            : "no such event",
        });
      }
    },
  }),
  defineCase({
    id: "ELV-051/times",
    requirement: "ELV-051",
    title: "requests at two times, the second after the wall clock was set ahead and with its event held back, and reads the times",
    isolation: "shared",
    movesTime: true,
    expects: ["first", "second"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { clock } = gate.instance;
      for (const name of ["first", "second"] as const) {
        await clock.jump(name === "first" ? { mono: 1_234.5, boot: 98_765, wall: 1_234 } : { mono: 10, boot: 10, wall: 7_200_000 });
        const { reading } = clock;
        const held = someone(context.random, { principalId: person.principalId, agentId: person.agentId });
        gate.audit.hold((event) => event.sessionId === held.sessionId);
        const requested = gate.beginRequest(held);
        await gate.audit.isOffered((event) => event.sessionId === held.sessionId);
        gate.audit.letGo();
        await requested;
        const event = gate.audit.events.find(({ sessionId, type }) => sessionId === held.sessionId && type === "elevation.requested");
        const ts = new Date(reading.wall).toISOString();
        const isRight = event?.ts === ts && Math.abs(event.monoMs - reading.mono) <= 1;
        context.check(name, isRight, {
          did: `requested at ${ts} by the wall clock and ${reading.mono} ms by the monotonic one`,
          expected: `ts ${ts} and monoMs ${Math.floor(reading.mono)}`,
          got: `ts ${event?.ts} and monoMs ${event?.monoMs}`,
        });
      }
    },
  }),
  defineCase({
    id: "ELV-057/started",
    requirement: "ELV-057",
    title: "opens a gate twice on one directory and reads the first events",
    isolation: "shared",
    expects: ["first of each", "epochs"],
    run: async (context) => {
      const person = someone(context.random);
      const epochs: string[] = [];
      const firsts: string[] = [];
      const gates = [await Gate.open(context, [person]), await Gate.open(context, [person])];
      for (const gate of gates) {
        await gate.pending(person);
        const { events } = gate.audit;
        firsts.push(events[0]?.type ?? "none");
        epochs.push([...new Set(events.map(({ epoch }) => epoch))].join("+"));
      }
      context.check(
        "first of each",
        firsts.every((type) => type === "gate.started"),
        {
          did: "opened two gates and read the first event of each",
          expected: "gate.started and gate.started",
          got: firsts.join(" and "),
        },
      );
      context.check("epochs", epochs[0] !== epochs[1] && !epochs.some((epoch) => epoch.includes("+")), {
        did: "read the epoch of every event",
        expected: "one epoch in each gate, and two in both",
        got: epochs.join(" and "),
      });
    },
  }),
];

function isCloseTo(value: number | null | undefined, expected: number, slackMs: number): boolean {
  return typeof value === "number" && Math.abs(value - expected) <= slackMs;
}
