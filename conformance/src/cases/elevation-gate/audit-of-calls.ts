import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, TOOLS, codeOf, otherThan, someone, turnOf } from "./gate-in-case.ts";

const DENIALS = 200;

export const auditOfCallsCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-055/denials",
    requirement: "ELV-055",
    title: "acquires calls that are denied, and confirms with a wrong code, and reads the events",
    isolation: "shared",
    expects: ["not elevated", "policy", "drift", "wrong code"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(other);
      const denied: Readonly<Record<string, () => Promise<unknown>>> = {
        "not elevated": () => gate.acquisition(turnOf(person)),
        policy: () => gate.acquisition(turnOf(person), "raw.disk"),
        drift: () => gate.acquire(turnOf(other), { call: gate.anyCall(), checkedDigest: "other" }),
      };
      for (const [name, deny] of Object.entries(denied)) {
        const before = gate.audit.ofType("tool.exec.denied").length;
        await deny();
        const isTold = await gate.audit.takes(
          (event) => event.type === "tool.exec.denied" && gate.audit.ofType("tool.exec.denied").indexOf(event) >= before,
        );
        const event = gate.audit.ofType("tool.exec.denied")[before];
        const who = name === "drift" ? other : person;
        const tool = name === "policy" ? "raw.disk" : TOOLS[0];
        context.check(name, isTold && event?.tool === tool && event.principalId === who.principalId, {
          did: `acquired a call that is denied: ${name}`,
          expected: `tool.exec.denied of ${tool} for that principal`,
          got: event ? shown(event) : "no such event",
        });
      }
      const { code, grantId } = await gate.pending(person);
      await gate.confirm(person, otherThan(code));
      const isTold = await gate.audit.takes((event) => event.type === "elevation.confirm_failed" && event.grantId === grantId);
      context.check("wrong code", isTold, {
        did: "confirmed with a wrong code",
        expected: "elevation.confirm_failed of that request",
        got: "no such event",
      });
    },
  }),
  defineCase({
    id: "ELV-056/flood",
    requirement: "ELV-056",
    title: `acquires ${DENIALS} calls without a grant, and one more an hour later`,
    isolation: "shared",
    movesTime: true,
    expects: ["few events", "none lost"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      const call = gate.anyCall();
      const request = { call, checkedDigest: await gate.digestOf(turnOf(person), call) };
      for (let count = 0; count < DENIALS; count += 1) await gate.acquire(turnOf(person), request);
      await gate.barrier(other);
      const events = gate.audit.ofType("tool.exec.denied").length;
      context.check("few events", events > 0 && events <= DENIALS / 2, {
        did: `acquired ${DENIALS} calls without a grant at one instant`,
        expected: `at least one event, and at most ${DENIALS / 2}`,
        got: `${events}`,
      });
      if (gate.instance.clock.slackMs > 0) context.hostCannot("an hour is too long to wait for");
      await gate.instance.clock.advance(3_600_000);
      await gate.acquire(turnOf(person), request);
      await gate.barrier(other);
      const told = gate.audit.ofType("tool.exec.denied").reduce((sum, event) => sum + 1 + event.suppressed, 0);
      context.check("none lost", told === DENIALS + 1, {
        did: "acquired one more an hour later",
        expected: `events and their \`suppressed\` that make ${DENIALS + 1}`,
        got: `${told}`,
      });
    },
  }),
  defineCase({
    id: "ELV-058/released",
    requirement: "ELV-058",
    title: "releases two leases with different outcomes, one of them twice, and one that never was",
    isolation: "shared",
    expects: ["first", "second", "twice", "never was", "after the end of its grant", "events"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person);
      const outcomes = [
        { outcome: "exited", exitCode: 1 + context.random.integer(200), signal: null },
        { outcome: "signalled", exitCode: null, signal: "SIGKILL" },
      ];
      const leases: string[] = [];
      for (const outcome of outcomes) {
        const call = gate.anyCall();
        const acquired = await gate.acquire(turnOf(person), { call, checkedDigest: await gate.digestOf(turnOf(person), call) });
        context.control("ELV-001", codeOf(acquired) === "GRANTED", { did: "acquired a call", expected: "GRANTED", got: shown(acquired) });
        const leaseId = (acquired.ok && acquired.value.leaseId) || "";
        const released = await gate.instance.ask<{ released: boolean }>("release", { leaseId, ...outcome });
        context.check(leases.length === 0 ? "first" : "second", released.ok && released.value.released, {
          did: `released a lease as ${outcome.outcome}`,
          expected: "released: true",
          got: shown(released),
        });
        leases.push(leaseId);
      }
      for (const [name, leaseId] of [
        ["twice", leases[0]],
        ["never was", context.random.word()],
      ] as const) {
        const released = await gate.instance.ask<{ released: boolean }>("release", { leaseId, ...outcomes[0] });
        context.check(name, released.ok && !released.value.released, {
          did: `released a lease that ${name === "twice" ? "was released before" : "never was"}`,
          expected: "released: false",
          got: shown(released),
        });
      }
      const last = gate.anyCall();
      const open = await gate.acquire(turnOf(person), { call: last, checkedDigest: await gate.digestOf(turnOf(person), last) });
      await gate.revoke(person);
      const lastLease = (open.ok && open.value.leaseId) || "";
      const killed = { outcome: "terminated", exitCode: null, signal: "SIGTERM" };
      const ended = await gate.instance.ask<{ released: boolean }>("release", { leaseId: lastLease, ...killed });
      context.check("after the end of its grant", ended.ok && ended.value.released, {
        did: "released a lease whose grant was revoked meanwhile",
        expected: "released: true",
        got: shown(ended),
      });
      leases.push(lastLease);
      outcomes.push(killed);
      await gate.barrier(person);
      const ends = gate.audit.ofType("tool.exec.end").map(({ leaseId, exitCode, signal }) => [leaseId, exitCode, signal].join(" "));
      const expected = outcomes.map(({ exitCode, signal }, index) => [leases[index], exitCode, signal].join(" "));
      context.check("events", ends.join(", ") === expected.join(", "), {
        did: "read tool.exec.end",
        expected: expected.join(", "),
        got: ends.join(", ") || "none",
      });
    },
  }),
];
