import type { TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, PENDING_MS, codeOf, policyFor, someone, turnOf } from "./gate-in-case.ts";

const AT_ONCE = 8;

/** Ways to stop a confirmation that is under way. */
const STOPS: Readonly<Record<string, (gate: Gate, person: TrustedContext) => Promise<unknown>>> = {
  revoke: (gate, person) => gate.revoke(person),
  "revoke all": (gate, person) => gate.revoke(person, "all"),
  deny: (gate, person) => gate.deny(person),
  "end the session": (gate, person) => gate.instance.ask("endSession", person.sessionId),
};

export const raceCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-035/confirmed-at-once",
    requirement: "ELV-035",
    title: `confirms a request ${AT_ONCE} times at once with its code, while the hook takes its time`,
    isolation: "shared",
    expects: ["one reply", "one event", "host"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { code, grantId } = await gate.pending(person);
      gate.hook.hold();
      const confirmations = Array.from({ length: AT_ONCE }, () => gate.beginConfirm(person, code));
      await Promise.race([gate.hook.asked, ...confirmations]);
      // Answered after all of them were read.
      await gate.status(person);
      gate.hook.letGo();
      const replies = await Promise.all(confirmations);
      const active = replies.filter((reply) => codeOf(reply) === "OK_ACTIVE").length;
      const did = `confirmed one request ${AT_ONCE} times at once`;
      context.check("one reply", active === 1, { did, expected: "one OK_ACTIVE", got: `${active}: ${replies.map(codeOf).join(", ")}` });
      await gate.barrier(person);
      const events = gate.audit.ofType("elevation.activated", grantId).length;
      context.check("one event", events === 1, { did, expected: "one elevation.activated", got: `${events}` });
      const decision = await gate.decision(turnOf(person));
      context.check("host", decision === "host", { did: `${did} and checked a call`, expected: "host", got: decision });
    },
  }),
  ...(["hook", "audit"] as const).map((where) =>
    defineCase({
      id: `ELV-036/stopped-at-the-${where}`,
      requirement: "ELV-036",
      title: `lets people ${Object.keys(STOPS).join(", ")} while a confirmation waits for the ${where}`,
      isolation: "shared",
      expects: [...Object.keys(STOPS), "not stopped"],
      run: async (context) => {
        const names = [...Object.keys(STOPS), "not stopped"];
        const people = names.map(() => someone(context.random));
        const gate = await Gate.open(context, people);
        for (const [index, name] of names.entries()) {
          const person = people[index] ?? someone(context.random);
          const { code, grantId } = await gate.pending(person);
          if (where === "hook") gate.hook.hold();
          else gate.audit.hold((event) => event.type === "elevation.activated" && event.grantId === grantId);
          const confirmed = gate.beginConfirm(person, code);
          await Promise.race([
            where === "hook"
              ? gate.hook.asked
              : gate.audit.isOffered((event) => event.type === "elevation.activated" && event.grantId === grantId),
            confirmed,
          ]);
          await STOPS[name]?.(gate, person);
          const meanwhile = await gate.decision(turnOf(person));
          gate.hook.letGo();
          gate.audit.letGo();
          const reply = await confirmed;
          const after = await gate.decision(turnOf(person));
          const isStopped = codeOf(reply) !== "OK_ACTIVE" && meanwhile === "sandbox" && after === "sandbox";
          const isActive = codeOf(reply) === "OK_ACTIVE" && after === "host";
          context.check(name, name === "not stopped" ? isActive : isStopped, {
            did:
              name === "not stopped"
                ? `let the ${where} take its time and stopped nothing`
                : `let somebody ${name} while a confirmation waited for the ${where}`,
            expected: name === "not stopped" ? "OK_ACTIVE and host" : "anything but OK_ACTIVE, and sandbox before and after",
            got: `${codeOf(reply)}, ${meanwhile} before and ${after} after`,
          });
        }
      },
    }),
  ),
  defineCase({
    id: "ELV-037/confirmed-while-time-runs-out",
    requirement: "ELV-037",
    title: "lets the time of a request run out while its confirmation waits for the hook, with and without timers",
    isolation: "shared",
    movesTime: true,
    expects: ["with timers", "without timers", "in time"],
    run: async (context) => {
      const names = ["with timers", "without timers", "in time"] as const;
      const people = names.map(() => someone(context.random));
      const gate = await Gate.open(context, people, { hookTimeoutMs: 600_000 });
      for (const [index, name] of names.entries()) {
        const person = people[index] ?? someone(context.random);
        const { code, grantId } = await gate.pending(person);
        gate.hook.hold();
        const confirmed = gate.beginConfirm(person, code);
        await Promise.race([gate.hook.asked, confirmed]);
        const ms = name === "in time" ? 1_000 : PENDING_MS + 1_000;
        if (name === "without timers") await gate.instance.clock.jump({ mono: ms, boot: ms, wall: ms, fire: false });
        else await gate.instance.clock.advance(ms);
        gate.hook.letGo();
        const reply = await confirmed;
        const decision = await gate.decision(turnOf(person));
        await gate.barrier(person);
        const isActivated = gate.audit.ofType("elevation.activated", grantId).length === 1;
        const isEnded = gate.audit.ofType("elevation.pending_expired", grantId).length === 1;
        const isActive = codeOf(reply) === "OK_ACTIVE" && decision === "host" && isActivated && !isEnded;
        const isOver = codeOf(reply) !== "OK_ACTIVE" && decision === "sandbox" && !isActivated && isEnded;
        context.check(name, isActive || (isOver && name !== "in time"), {
          did: `let ${ms} ms of a wait of ${PENDING_MS} ms pass while the hook was being asked, ${name}`,
          expected:
            name === "in time"
              ? "OK_ACTIVE, host and its event"
              : "OK_ACTIVE, host and elevation.activated; or E_EXPIRED, sandbox and elevation.pending_expired",
          got: `${codeOf(reply)}, ${decision}, ${[isActivated ? "elevation.activated" : "", isEnded ? "elevation.pending_expired" : ""].filter(Boolean).join(" and ") || "no event"}`,
        });
      }
    },
  }),
  defineCase({
    id: "ELV-038/once",
    requirement: "ELV-038",
    title: `acquires ${AT_ONCE} calls at once under a grant for one, while the audit takes its time, and another one later`,
    isolation: "shared",
    expects: ["one granted", "a later one", "check", "a window"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(person, { mode: "once" });
      const acquireAtOnce = async (who: TrustedContext): Promise<readonly string[]> => {
        const call = gate.anyCall();
        const checkedDigest = await gate.digestOf(turnOf(who), call);
        gate.audit.hold((event) => event.type === "tool.exec.start");
        const pending = Array.from({ length: AT_ONCE }, () =>
          gate.instance.begin<{ code: string }>("acquire", [turnOf(who), { call, checkedDigest }]),
        );
        await gate.audit.isOffered((event) => event.type === "tool.exec.start" && event.principalId === who.principalId);
        await gate.status(who);
        gate.audit.letGo();
        return (await Promise.all(pending.map(({ answer }) => answer))).map(codeOf);
      };
      const codes = await acquireAtOnce(person);
      const granted = codes.filter((code) => code === "GRANTED").length;
      context.check("one granted", granted === 1, {
        did: `acquired ${AT_ONCE} calls at once under a grant of mode once`,
        expected: "one GRANTED",
        got: `${granted}: ${codes.join(", ")}`,
      });
      const later = await gate.acquisition(turnOf(person));
      context.check("a later one", later === "DENIED_NOT_ELEVATED", {
        did: "acquired another one later",
        expected: "DENIED_NOT_ELEVATED",
        got: later,
      });
      const decision = await gate.decision(turnOf(person));
      context.check("check", decision === "sandbox", { did: "checked another one", expected: "sandbox", got: decision });
      await gate.elevate(other);
      const window = await acquireAtOnce(other);
      context.check(
        "a window",
        window.every((code) => code === "GRANTED"),
        {
          did: `acquired ${AT_ONCE} calls at once under a grant of mode window`,
          expected: "all GRANTED",
          got: window.join(", "),
        },
      );
    },
  }),
  defineCase({
    id: "ELV-039/did-not-start",
    requirement: "ELV-039",
    title: "says of the one call of a grant that it did not start, and acquires again",
    isolation: "shared",
    expects: ["denied", "sandbox"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person, { mode: "once" });
      const call = gate.anyCall();
      const acquired = await gate.acquire(turnOf(person), { call, checkedDigest: await gate.digestOf(turnOf(person), call) });
      context.control("ELV-001", codeOf(acquired) === "GRANTED", {
        did: "acquired the one call",
        expected: "GRANTED",
        got: shown(acquired),
      });
      const leaseId = acquired.ok ? acquired.value.leaseId : null;
      await gate.instance.ask("release", { leaseId, outcome: "not-started", exitCode: null, signal: null });
      const again = await gate.acquisition(turnOf(person));
      const did = "released the lease as not-started";
      context.check("denied", again === "DENIED_NOT_ELEVATED", {
        did: `${did} and acquired again`,
        expected: "DENIED_NOT_ELEVATED",
        got: again,
      });
      const decision = await gate.decision(turnOf(person));
      context.check("sandbox", decision === "sandbox", { did: `${did} and checked`, expected: "sandbox", got: decision });
    },
  }),
  defineCase({
    id: "ELV-040/revoked-after-the-check",
    requirement: "ELV-040",
    title: "checks a call, revokes the grant, and acquires the call; the same without revoking",
    isolation: "shared",
    expects: ["revoked", "not revoked"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      for (const who of [person, other]) {
        const name = who === person ? "revoked" : "not revoked";
        await gate.elevate(who);
        const call = gate.anyCall();
        const checkedDigest = await gate.digestOf(turnOf(who), call);
        if (who === person) await gate.revoke(who);
        const code = codeOf(await gate.acquire(turnOf(who), { call, checkedDigest }));
        context.check(name, code === (who === person ? "DENIED_NOT_ELEVATED" : "GRANTED"), {
          did: `acquired a call that was checked before the grant was ${name}`,
          expected: who === person ? "DENIED_NOT_ELEVATED" : "GRANTED",
          got: code,
        });
      }
    },
  }),
  defineCase({
    id: "ELV-041/ended-while-audited",
    requirement: "ELV-041",
    title:
      "acquires calls whose start the audit holds while their grant is revoked, or runs out, or the policy denies the tool, or none of it",
    isolation: "shared",
    movesTime: true,
    expects: ["revoked", "ran out", "ran out without a timer", "tool denied", "neither"],
    run: async (context) => {
      const names = ["revoked", "ran out", "ran out without a timer", "neither", "tool denied"] as const;
      const people = names.map(() => someone(context.random));
      const gate = await Gate.open(context, people);
      const { clock } = gate.instance;
      for (const [index, name] of names.entries()) {
        const person = people[index] ?? someone(context.random);
        await gate.elevate(person, { ttlMs: 2_000 });
        const call = gate.anyCall();
        const checkedDigest = await gate.digestOf(turnOf(person), call);
        gate.audit.hold((event) => event.type === "tool.exec.start");
        const pending = gate.instance.begin<{ code: string }>("acquire", [turnOf(person), { call, checkedDigest }]);
        await gate.audit.isOffered((event) => event.type === "tool.exec.start" && event.principalId === person.principalId);
        if (name === "revoked") await gate.revoke(person);
        else if (name === "tool denied") {
          // It may wait for the audit with its answer, so that it is not waited for; what is read after it is answered.
          void gate.instance.begin("reload", [policyFor(people, { deniedTools: [call.tool] })]);
          await gate.status(person);
        } else if (name === "ran out") await clock.advance(2_000 + clock.slackMs);
        else if (name === "ran out without a timer") await clock.jump({ mono: 2_000, boot: 2_000, wall: 2_000, fire: false });
        gate.audit.letGo();
        const code = codeOf(await pending.answer);
        const isRight = name === "neither" ? code === "GRANTED" : ["DENIED_NOT_ELEVATED", "DENIED_SCOPE", "DENIED_POLICY"].includes(code);
        context.check(name, isRight, {
          did: `acquired a call whose start was held by the audit; what came meanwhile: ${name}`,
          expected: name === "neither" ? "GRANTED" : "a denial",
          got: code,
        });
      }
    },
  }),
];
