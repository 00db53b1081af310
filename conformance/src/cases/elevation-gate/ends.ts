import type { AuditEvent, AuditEventType } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { ClockControl } from "../../judge/clock-control.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, PENDING_MS, codeOf, someone, turnOf } from "./gate-in-case.ts";

const ENDS: readonly AuditEventType[] = [
  "elevation.denied",
  "elevation.pending_expired",
  "elevation.superseded",
  "elevation.expired",
  "elevation.revoked",
  "elevation.consumed",
];

function endsOf(events: readonly AuditEvent[], grantId: string): readonly AuditEvent[] {
  return events.filter((event) => event.grantId === grantId && ENDS.includes(event.type));
}

export const endCases: readonly CaseDefinition[] = [
  ...(["timer", "call"] as const).map((first) =>
    defineCase({
      id: `ELV-032/${first}-first`,
      requirement: "ELV-032",
      title: `ends grants in every way, expired ones found by the ${first} first, and looks at each of them again`,
      isolation: "shared",
      movesTime: true,
      expects: ["expired", "pending_expired", "revoked", "denied", "superseded", "consumed"],
      run: async (context) => {
        const names = ["expired", "pending_expired", "revoked", "denied", "superseded", "consumed"] as const;
        const people = names.map(() => someone(context.random));
        const [expired, waiting, revoked, denied, superseded, consumed] = people as [Person, Person, Person, Person, Person, Person];
        const gate = await Gate.open(context, people);
        const grants = [
          await gate.elevate(expired, { ttlMs: PENDING_MS }),
          await gate.pending(waiting),
          await gate.elevate(revoked),
          await gate.pending(denied),
          await gate.pending(superseded),
          await gate.elevate(consumed, { mode: "once" }),
        ];
        await gate.revoke(revoked);
        await gate.deny(denied);
        await gate.pending(superseded);
        await gate.acquisition(turnOf(consumed));
        const { clock } = gate.instance;
        await clock.jump({ mono: PENDING_MS, boot: PENDING_MS, wall: PENDING_MS, fire: first === "timer" });
        // Everything that could find an end, and then the timers once more.
        for (const [index, person] of people.entries()) {
          await gate.check(turnOf(person), gate.anyCall());
          await gate.confirm(person, grants[index]?.code ?? "");
          await gate.deny(person);
          await gate.revoke(person);
          await gate.status(person);
        }
        await clock.advance(PENDING_MS);
        await gate.barrier(expired);
        for (const [index, name] of names.entries()) {
          const ends = endsOf(gate.audit.events, grants[index]?.grantId ?? "").map(({ type }) => type);
          context.check(name, ends.length === 1 && ends[0] === `elevation.${name}`, {
            did: `${DONE[name]}, and looked at it again with every call and timer`,
            expected: `one event that ends it, elevation.${name}`,
            got: ends.length === 0 ? "none" : ends.join(" and "),
          });
        }
      },
    }),
  ),
  defineCase({
    id: "ELV-033/announced",
    requirement: "ELV-033",
    title: "lets the time of a grant and of a request pass without a call, and waits for their events",
    isolation: "shared",
    movesTime: true,
    expects: ["grant", "request"],
    run: async (context) => {
      const [active, waiting] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [active, waiting]);
      const { clock } = gate.instance;
      const grant = await gate.elevate(active, { ttlMs: 2_000 });
      const request = await gate.pending(waiting);
      for (const [name, grantId, ms, type] of [
        ["grant", grant.grantId, 2_000, "elevation.expired"],
        ["request", request.grantId, PENDING_MS - 2_000, "elevation.pending_expired"],
      ] as const) {
        await clock.advance(ms + clock.slackMs);
        const isTold = await gate.audit.takes((event) => event.type === type && event.grantId === grantId);
        context.check(name, isTold, {
          did: `let the time of a ${name} pass and called nothing`,
          expected: `${type}, from a timer`,
          got: `no such event; timers are armed for ${armed(clock)}`,
        });
      }
    },
  }),
  defineCase({
    id: "ELV-034/status",
    requirement: "ELV-034",
    title: "asks for the status before a request, while it is pending, while its grant is active, and after its end",
    isolation: "shared",
    movesTime: true,
    expects: ["nothing", "pending", "active", "somebody else's", "not renewed"],
    run: async (context) => {
      const person = someone(context.random);
      const other = someone(context.random);
      const gate = await Gate.open(context, [person, other]);
      const { clock } = gate.instance;
      const reason = `restart ${context.random.word()}`;
      const look = async (name: string, expected: string): Promise<void> => {
        const answer = await gate.status(person);
        const seen = (answer.ok ? answer.value.grants : []).map((grant) =>
          [grant.state, grant.tools.join("+"), grant.mode, grant.ttlMs, grant.reason, clock.slackMs > 0 ? "" : grant.remainingMs].join(" "),
        );
        context.check(name, codeOf(answer) === "OK_STATUS" && seen.join(", ") === expected, {
          did: "asked for the status",
          expected: expected || "no grant",
          got: seen.join(", ") || shown(answer),
        });
      };
      const left = (ms: number): string => (clock.slackMs > 0 ? "" : String(ms));
      await look("nothing", "");
      const { code } = await gate.pending(person, { ttlMs: 3_000, reason, tools: ["process", "fs.write"], mode: "window" });
      await clock.advance(1_000);
      await look("pending", `pending process+fs.write window 3000 ${reason} ${left(PENDING_MS - 1_000)}`);
      const decision = await gate.decision(turnOf(person), "process");
      context.control("ELV-003", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
      await gate.confirm(person, code);
      await clock.advance(1_200);
      await look("active", `active process+fs.write window 3000 ${reason} ${left(1_800)}`);
      const seen = await gate.status(other);
      context.check("somebody else's", seen.ok && seen.value.grants.length === 0, {
        did: "asked for the status of another principal",
        expected: "no grant",
        got: shown(seen),
      });
      await clock.advance(1_800 + clock.slackMs);
      const after = await gate.decision(turnOf(person), "process");
      context.check("not renewed", after === "sandbox", {
        did: "checked a call when the time that the status showed was over",
        expected: "sandbox",
        got: after,
      });
    },
  }),
];

type Person = ReturnType<typeof someone>;

const DONE = {
  expired: "let the time of a grant pass",
  pending_expired: "let the time of a request pass",
  revoked: "revoked a grant",
  denied: "denied a request",
  superseded: "requested again",
  consumed: "acquired the one call of a grant",
} as const;

function armed(clock: ClockControl): string {
  return clock.armed.map((due) => `in ${due - clock.reading.mono} ms`).join(", ") || "nothing";
}
