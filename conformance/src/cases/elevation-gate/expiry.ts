import type { AuditEvent, AuditEventType } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { ClockControl } from "../../judge/clock-control.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, PENDING_MS, codeOf, someone, turnOf } from "./gate-in-case.ts";

export const ENDS: readonly AuditEventType[] = [
  "elevation.denied",
  "elevation.pending_expired",
  "elevation.superseded",
  "elevation.expired",
  "elevation.revoked",
  "elevation.consumed",
];

export function endsOf(events: readonly AuditEvent[], grantId: string): readonly AuditEvent[] {
  return events.filter((event) => event.grantId === grantId && ENDS.includes(event.type));
}

export const expiryCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-025/at-exactly-ttl",
    requirement: "ELV-025",
    title: "checks and acquires a call one millisecond before the end of a grant, and at it",
    isolation: "shared",
    movesTime: true,
    expects: ["host at ttl-1", "granted at ttl-1", "sandbox at ttl", "denied at ttl"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { clock } = gate.instance;
      const ttlMs = 2_000 + context.random.integer(1_000);
      await gate.elevate(person, { ttlMs });
      await clock.advance(ttlMs - 1 - clock.slackMs);
      const [before, granted] = [await gate.decision(turnOf(person)), await gate.acquisition(turnOf(person))];
      const into = `${ttlMs - 1 - clock.slackMs} ms into a grant of ${ttlMs} ms`;
      context.check("host at ttl-1", before === "host", { did: `checked a call ${into}`, expected: "host", got: before });
      context.check("granted at ttl-1", granted === "GRANTED", { did: `acquired a call ${into}`, expected: "GRANTED", got: granted });
      await clock.advance(1 + 2 * clock.slackMs);
      const [denied, after] = [await gate.acquisition(turnOf(person)), await gate.decision(turnOf(person))];
      context.check("sandbox at ttl", after === "sandbox", { did: `checked a call at ${ttlMs} ms`, expected: "sandbox", got: after });
      context.check("denied at ttl", denied === "DENIED_NOT_ELEVATED", {
        did: `acquired a call at ${ttlMs} ms`,
        expected: "DENIED_NOT_ELEVATED",
        got: denied,
      });
    },
  }),
  defineCase({
    id: "ELV-025/once-at-exactly-ttl",
    requirement: "ELV-025",
    title: "acquires the one call of grants of mode once, one millisecond before their end, and at it",
    isolation: "shared",
    movesTime: true,
    expects: ["granted at ttl-1", "sandbox at ttl", "denied at ttl"],
    run: async (context) => {
      const [early, late] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [early, late]);
      const { clock } = gate.instance;
      for (const person of [early, late]) await gate.elevate(person, { ttlMs: 2_000, mode: "once" });
      await clock.advance(1_999 - clock.slackMs);
      const granted = await gate.acquisition(turnOf(early));
      const what = "a grant of mode once and 2000 ms";
      context.check("granted at ttl-1", granted === "GRANTED", {
        did: `acquired a call ${1_999 - clock.slackMs} ms into ${what}`,
        expected: "GRANTED",
        got: granted,
      });
      await clock.advance(1 + 2 * clock.slackMs);
      const [denied, after] = [await gate.acquisition(turnOf(late)), await gate.decision(turnOf(late))];
      context.check("sandbox at ttl", after === "sandbox", {
        did: `checked a call at the end of ${what}`,
        expected: "sandbox",
        got: after,
      });
      context.check("denied at ttl", denied === "DENIED_NOT_ELEVATED", {
        did: `acquired a call at the end of ${what}`,
        expected: "DENIED_NOT_ELEVATED",
        got: denied,
      });
    },
  }),
  defineCase({
    id: "ELV-026/from-the-confirmation",
    requirement: "ELV-026",
    title: "confirms a while after the request, and checks a call at the end as counted from each",
    isolation: "shared",
    movesTime: true,
    expects: ["host at the end of the request's time", "sandbox at the end"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { clock } = gate.instance;
      const { code } = await gate.pending(person, { ttlMs: 3_000 });
      await clock.advance(2_000);
      const confirmed = await gate.confirm(person, code);
      context.control("ELV-027", codeOf(confirmed) === "OK_ACTIVE", {
        did: `confirmed 2000 ms into a wait of ${PENDING_MS} ms`,
        expected: "OK_ACTIVE",
        got: shown(confirmed),
      });
      await clock.advance(2_999 - clock.slackMs);
      const before = await gate.decision(turnOf(person));
      context.check("host at the end of the request's time", before === "host", {
        did: `checked a call ${2_999 - clock.slackMs} ms after a confirmation for 3000 ms, 2000 ms after the request`,
        expected: "host",
        got: before,
      });
      await clock.advance(1 + 2 * clock.slackMs);
      const after = await gate.decision(turnOf(person));
      context.check("sandbox at the end", after === "sandbox", {
        did: "checked a call 3000 ms after the confirmation",
        expected: "sandbox",
        got: after,
      });
    },
  }),
  defineCase({
    id: "ELV-027/pending-time",
    requirement: "ELV-027",
    title: "confirms one request a millisecond before it has waited long enough, and one when it has",
    isolation: "shared",
    movesTime: true,
    expects: ["just in time", "too late", "sandbox"],
    run: async (context) => {
      const [early, late] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [early, late]);
      const { clock } = gate.instance;
      const [first, second] = [await gate.pending(early), await gate.pending(late)];
      await clock.advance(PENDING_MS - 1 - clock.slackMs);
      const inTime = await gate.confirm(early, first.code);
      context.check("just in time", codeOf(inTime) === "OK_ACTIVE", {
        did: `confirmed ${PENDING_MS - 1 - clock.slackMs} ms after the request, with pendingTtlMs ${PENDING_MS}`,
        expected: "OK_ACTIVE",
        got: shown(inTime),
      });
      await clock.advance(1 + 2 * clock.slackMs);
      const tooLate = await gate.confirm(late, second.code);
      context.check("too late", codeOf(tooLate) === "E_EXPIRED", {
        did: `confirmed ${PENDING_MS} ms after the request, with pendingTtlMs ${PENDING_MS}`,
        expected: "E_EXPIRED",
        got: shown(tooLate),
      });
      const decision = await gate.decision(turnOf(late));
      context.check("sandbox", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
    },
  }),
  defineCase({
    id: "ELV-028/no-timer-fires",
    requirement: "ELV-028",
    title: "moves the clock over the ends of a grant and of a request without firing a timer",
    isolation: "shared",
    movesTime: true,
    expects: ["check", "acquire", "confirm", "before the end"],
    run: async (context) => {
      const people = [someone(context.random), someone(context.random), someone(context.random)] as const;
      const [active, pending, longer] = people;
      const gate = await Gate.open(context, people);
      const { clock } = gate.instance;
      await gate.elevate(active, { ttlMs: 2_000 });
      await gate.elevate(longer, { ttlMs: 600_000 });
      const { code } = await gate.pending(pending);
      await clock.jump({ mono: PENDING_MS, boot: PENDING_MS, wall: PENDING_MS, fire: false });
      const did = (what: string): string => `moved all clocks on by ${PENDING_MS} ms with no timer firing, and ${what}`;
      const acquisition = await gate.acquisition(turnOf(active));
      context.check("acquire", acquisition === "DENIED_NOT_ELEVATED", {
        did: did("acquired a call of a grant of 2000 ms"),
        expected: "DENIED_NOT_ELEVATED",
        got: acquisition,
      });
      const decision = await gate.decision(turnOf(active));
      context.check("check", decision === "sandbox", { did: did("checked a call of it"), expected: "sandbox", got: decision });
      const confirmed = await gate.confirm(pending, code);
      context.check("confirm", codeOf(confirmed) === "E_EXPIRED", {
        did: did(`confirmed a request of pendingTtlMs ${PENDING_MS}`),
        expected: "E_EXPIRED",
        got: shown(confirmed),
      });
      const other = await gate.decision(turnOf(longer));
      context.check("before the end", other === "host", { did: did("checked a call of a grant of 600 s"), expected: "host", got: other });
    },
  }),
  jump("ELV-029", "suspend", "moves the boot clock alone on by the time to live, as a suspend does where the wall clock is set by hand", [
    ["just before the end", (ttlMs) => ({ boot: ttlMs - 1 }), "host"],
    ["at the end", () => ({ boot: 1 }), "sandbox"],
  ]),
  jump("ELV-030", "wall-jumps-ahead", "moves the wall clock alone on by the time to live", [
    ["just before the end", (ttlMs) => ({ wall: ttlMs - 1 }), "host"],
    ["at the end", () => ({ wall: 1 }), "sandbox"],
  ]),
  jump("ELV-031", "wall-goes-back", "moves the wall clock back by 1000 ms, and once more by 1 ms", [
    ["back by 1000 ms", () => ({ wall: -1_000 }), "host"],
    ["back by 1001 ms", () => ({ wall: -1 }), "sandbox"],
  ]),
  jump("ELV-031", "wall-goes-back-from-its-highest", "lets time pass, and moves the wall clock back to a time after the activation", [
    ["later", () => ({ mono: 30_000, boot: 30_000, wall: 30_000 }), "host"],
    ["back by 5000 ms from there", () => ({ wall: -5_000 }), "sandbox"],
  ]),
  defineCase({
    id: "ELV-031/pending",
    requirement: "ELV-031",
    title: "moves the wall clock back while a request is pending, and confirms it; then confirms one without that",
    isolation: "shared",
    movesTime: true,
    expects: ["went back", "did not"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      const { code } = await gate.pending(person);
      await gate.instance.clock.jump({ wall: -3_600_000 });
      const answer = await gate.confirm(person, code);
      context.check("went back", answer.ok && answer.value.code !== "OK_ACTIVE", {
        did: "confirmed a request after the wall clock went back by an hour",
        expected: "anything but OK_ACTIVE",
        got: shown(answer),
      });
      const later = await gate.pending(other);
      const confirmed = await gate.confirm(other, later.code);
      context.check("did not", codeOf(confirmed) === "OK_ACTIVE", {
        did: "requested after that, and confirmed",
        expected: "OK_ACTIVE",
        got: shown(confirmed),
      });
    },
  }),
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

/** Moves single clocks in steps, and looks at a grant of about 60 s after each. */
function jump(
  requirement: string,
  id: string,
  title: string,
  steps: readonly (readonly [string, (ttlMs: number) => Parameters<ClockControl["jump"]>[0], "host" | "sandbox"])[],
): CaseDefinition {
  return defineCase({
    id: `${requirement}/${id}`,
    requirement,
    title,
    isolation: "shared",
    movesTime: true,
    expects: steps.map(([name]) => name),
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const ttlMs = 60_000 + context.random.integer(1_000);
      await gate.elevate(person, { ttlMs });
      for (const [name, by, expected] of steps) {
        const moved = by(ttlMs);
        await gate.instance.clock.jump(moved);
        const decision = await gate.decision(turnOf(person));
        context.check(name, decision === expected, {
          did: `moved the clocks by ${JSON.stringify(moved)} and checked a call under a grant of ${ttlMs} ms`,
          expected,
          got: decision,
        });
      }
    },
  });
}
