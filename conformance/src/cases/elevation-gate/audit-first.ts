import type { AuditEvent, AuditEventType, TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, codeOf, isPendingFor, someone, turnOf } from "./gate-in-case.ts";

const EVERYTHING = (): boolean => true;
const NOTHING = (): boolean => false;

function of(type: AuditEventType, person: TrustedContext): (event: AuditEvent) => boolean {
  return (event) => event.type === type && event.principalId === person.principalId;
}

/** Ways to take a right away. */
const STOPS: Readonly<Record<string, (gate: Gate, person: TrustedContext) => Promise<string>>> = {
  revoke: async (gate, person) => codeOf(await gate.revoke(person)),
  "revoke all": async (gate, person) => codeOf(await gate.revoke(person, "all")),
  deny: async (gate, person) => codeOf(await gate.deny(person)),
  "end of session": async (gate, person) => {
    const answer = await gate.instance.ask<{ revoked: number }>("endSession", person.sessionId);
    return answer.ok ? `${answer.value.revoked} revoked` : answer.error.code;
  },
};
const STOPPED: Readonly<Record<string, string>> = {
  revoke: "OK_REVOKED",
  "revoke all": "OK_REVOKED",
  deny: "OK_DENIED",
  "end of session": "1 revoked",
};

export const auditFirstCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-045/event-before-effect",
    requirement: "ELV-045",
    title: "holds the events of a request, an activation and the start of a call, looks at what has happened, and lets them go",
    isolation: "shared",
    expects: ["not shown yet", "request waits", "request", "activation waits", "not active yet", "activation", "start waits", "start"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const held = async <Value>(name: string, type: AuditEventType, begin: () => Promise<Value>): Promise<Value> => {
        gate.audit.hold(of(type, person));
        let isAnswered = false;
        const pending = begin().finally(() => {
          isAnswered = true;
        });
        // A broken subject is told of by the call that the case is waiting for.
        pending.catch(() => undefined);
        const isOffered = await gate.audit.isOffered(of(type, person));
        // Two calls that were read after it are answered before it.
        await gate.status(person);
        const status = await gate.status(person);
        if (name === "request") {
          context.check("not shown yet", status.ok && status.value.grants.length === 0, {
            did: "asked for the status while elevation.requested was held",
            expected: "no grant",
            got: shown(status),
          });
        }
        context.check(`${name} waits`, isOffered && !isAnswered, {
          did: `held ${type} and asked for the status twice`,
          expected: `${type} offered, and no answer to the ${name} before it is taken`,
          got: `${type} ${isOffered ? "was" : "was not"} offered, and the ${name} ${isAnswered ? "was" : "was not"} answered`,
        });
        if (name === "activation") {
          const decision = await gate.decision(turnOf(person));
          context.check("not active yet", decision === "sandbox", {
            did: "checked a call while elevation.activated was held",
            expected: "sandbox",
            got: decision,
          });
        }
        gate.audit.letGo();
        return pending;
      };
      const requested = await held("request", "elevation.requested", () => gate.beginRequest(person));
      context.check("request", isPendingFor(person, requested), { did: "let it go", expected: "OK_PENDING", got: shown(requested) });
      const code = requested.ok ? await gate.instance.reveal(requested.value.challenge) : "";
      const confirmed = await held("activation", "elevation.activated", () => gate.beginConfirm(person, code));
      context.check("activation", codeOf(confirmed) === "OK_ACTIVE", { did: "let it go", expected: "OK_ACTIVE", got: shown(confirmed) });
      const started = await held("start", "tool.exec.start", () => gate.acquisition(turnOf(person)));
      context.check("start", started === "GRANTED", { did: "let it go", expected: "GRANTED", got: started });
    },
  }),
  defineCase({
    id: "ELV-046/refused-event",
    requirement: "ELV-046",
    title: "refuses the events of a request, an activation and the start of a call, and then takes them",
    isolation: "shared",
    expects: [
      "request",
      "request leaves nothing",
      "the request before",
      "activation",
      "sandbox",
      "start",
      "request again",
      "activation again",
      "start again",
    ],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const refusing = async <Value>(call: () => Promise<Value>): Promise<Value> => {
        gate.audit.refuse(EVERYTHING);
        try {
          return await call();
        } finally {
          gate.audit.refuse(NOTHING);
        }
      };
      const requested = await refusing(() => gate.request(person));
      const isRefused = requested.ok && requested.value.code === "E_AUDIT_UNAVAILABLE" && requested.value.challenge === null;
      const while_ = "while the audit refuses every event";
      context.check("request", isRefused, { did: `requested ${while_}`, expected: "E_AUDIT_UNAVAILABLE", got: shown(requested) });
      const status = await gate.status(person);
      context.check("request leaves nothing", status.ok && status.value.grants.length === 0, {
        did: "asked for the status after that",
        expected: "no grant",
        got: shown(status),
      });
      const earlier = someone(context.random, { principalId: person.principalId, agentId: person.agentId });
      const kept = await gate.pending(earlier);
      await refusing(() => gate.request(earlier));
      const still = await gate.confirm(earlier, kept.code);
      context.check("the request before", codeOf(still) === "OK_ACTIVE", {
        did: `confirmed a request after another one in its place was made ${while_}`,
        expected: "OK_ACTIVE",
        got: shown(still),
      });
      const again = await gate.request(person);
      context.check("request again", isPendingFor(person, again), {
        did: "requested once the audit takes events again",
        expected: "OK_PENDING",
        got: shown(again),
      });
      const code = again.ok ? await gate.instance.reveal(again.value.challenge) : "";
      const confirmed = await refusing(() => gate.confirm(person, code));
      context.check("activation", codeOf(confirmed) === "E_AUDIT_UNAVAILABLE", {
        did: `confirmed ${while_}`,
        expected: "E_AUDIT_UNAVAILABLE",
        got: shown(confirmed),
      });
      const decision = await gate.decision(turnOf(person));
      context.check("sandbox", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
      // Whether the code is still good after that is the gate's own affair.
      const other = someone(context.random, { principalId: person.principalId, agentId: person.agentId });
      const { code: fresh } = await gate.pending(other);
      const active = await gate.confirm(other, fresh);
      context.check("activation again", codeOf(active) === "OK_ACTIVE", {
        did: "confirmed once the audit takes events again",
        expected: "OK_ACTIVE",
        got: shown(active),
      });
      const started = await refusing(() => gate.acquisition(turnOf(other)));
      context.check("start", started === "DENIED_AUDIT_UNAVAILABLE", {
        did: `acquired a call ${while_}`,
        expected: "DENIED_AUDIT_UNAVAILABLE",
        got: started,
      });
      const later = await gate.acquisition(turnOf(other));
      context.check("start again", later === "GRANTED", {
        did: "acquired a call once the audit takes events again",
        expected: "GRANTED",
        got: later,
      });
    },
  }),
  ...(["refuses", "does not answer"] as const).map((how) =>
    defineCase({
      id: `ELV-047/audit-${how.replaceAll(" ", "-")}`,
      requirement: "ELV-047",
      title: `takes rights away (${Object.keys(STOPS).join(", ")}) while the audit ${how}`,
      isolation: "shared",
      expects: Object.keys(STOPS).flatMap((name) => [name, `${name}: gone`]),
      run: async (context) => {
        const people = Object.keys(STOPS).map(() => someone(context.random));
        const gate = await Gate.open(context, people);
        const codes = new Map<TrustedContext, string>();
        for (const [index, name] of Object.keys(STOPS).entries()) {
          const person = people[index];
          if (person) codes.set(person, (await (name === "deny" ? gate.pending(person) : gate.elevate(person))).code);
        }
        if (how === "refuses") gate.audit.refuse(EVERYTHING);
        else gate.audit.hold(EVERYTHING);
        for (const [index, [name, stop]] of Object.entries(STOPS).entries()) {
          const person = people[index] ?? someone(context.random);
          const said = await stop(gate, person);
          context.check(name, said === STOPPED[name], {
            did: `took a right away by ${name} while the audit ${how}`,
            expected: STOPPED[name] ?? "",
            got: said,
          });
          if (name === "deny") continue;
          const decision = await gate.decision(turnOf(person));
          context.check(`${name}: gone`, decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
        }
        gate.audit.refuse(NOTHING);
        gate.audit.letGo();
        const denied = people[Object.keys(STOPS).indexOf("deny")] ?? someone(context.random);
        const confirmed = await gate.confirm(denied, codes.get(denied) ?? "");
        context.check("deny: gone", confirmed.ok && confirmed.value.code !== "OK_ACTIVE", {
          did: `confirmed the request that was denied while the audit ${how}`,
          expected: "anything but OK_ACTIVE",
          got: shown(confirmed),
        });
      },
    }),
  ),
  defineCase({
    id: "ELV-048/caught-up",
    requirement: "ELV-048",
    title: "revokes a grant while the audit refuses, and requests again once it takes events",
    isolation: "shared",
    expects: ["told", "before anything else"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { grantId } = await gate.elevate(person);
      await gate.barrier(person);
      gate.audit.refuse(EVERYTHING);
      await gate.revoke(person);
      await gate.request(person);
      const before = gate.audit.events.length;
      gate.audit.refuse(NOTHING);
      await gate.barrier(person);
      const later = gate.audit.events.slice(before).filter(({ type }) => type !== "elevation.refused");
      const did = "revoked a grant while the audit refused every event, and requested again once it took them";
      const got = later.map(({ type }) => type).join(", ");
      const told = later.filter((event) => event.type === "elevation.revoked" && event.grantId === grantId);
      context.check("told", told.length === 1, { did, expected: "elevation.revoked of that grant, once", got });
      context.check("before anything else", later[0]?.type === "elevation.revoked", { did, expected: "elevation.revoked first", got });
    },
  }),
];
