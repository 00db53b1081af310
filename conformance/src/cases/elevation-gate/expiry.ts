import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { ClockControl } from "../../judge/clock-control.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, PENDING_MS, codeOf, someone, turnOf } from "./gate-in-case.ts";

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
      const call = gate.anyCall();
      await clock.advance(ttlMs - 1 - clock.slackMs);
      const [before, granted] = [await gate.decision(turnOf(person), call.tool, call), await gate.acquisition(turnOf(person))];
      const into = `${ttlMs - 1 - clock.slackMs} ms into a grant of ${ttlMs} ms`;
      context.check("host at ttl-1", before === "host", { did: `checked a call ${into}`, expected: "host", got: before });
      context.check("granted at ttl-1", granted === "GRANTED", { did: `acquired a call ${into}`, expected: "GRANTED", got: granted });
      await clock.advance(1 + 2 * clock.slackMs);
      const [denied, after] = [await gate.acquisition(turnOf(person)), await gate.decision(turnOf(person), call.tool, call)];
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
  jump("ELV-025", "monotonic-clock-alone", "moves the monotonic clock alone on by the time to live", [
    ["just before the end", (ttlMs) => ({ mono: ttlMs - 1 }), "host"],
    ["at the end", () => ({ mono: 1 }), "sandbox"],
  ]),
  pendingJump("ELV-029", "boot"),
  pendingJump("ELV-030", "wall"),
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
];

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

/** Moves one clock while two requests are pending, and confirms one before their time is over by it and one after. */
function pendingJump(requirement: string, clock: "boot" | "wall"): CaseDefinition {
  return defineCase({
    id: `${requirement}/pending`,
    requirement,
    title: `moves the ${clock} clock alone on by the time that a request waits`,
    isolation: "shared",
    movesTime: true,
    expects: ["just before the end", "at the end"],
    run: async (context) => {
      const [early, late] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [early, late]);
      const codes = [(await gate.pending(early)).code, (await gate.pending(late)).code];
      for (const [index, name] of (["just before the end", "at the end"] as const).entries()) {
        await gate.instance.clock.jump({ [clock]: index === 0 ? PENDING_MS - 1 : 1 });
        const reply = codeOf(await gate.confirm(index === 0 ? early : late, codes[index] ?? ""));
        const expected = index === 0 ? "OK_ACTIVE" : "E_EXPIRED";
        context.check(name, reply === expected, {
          did: `confirmed once the ${clock} clock alone had moved by ${index === 0 ? PENDING_MS - 1 : PENDING_MS} ms of ${PENDING_MS}`,
          expected,
          got: reply,
        });
      }
    },
  });
}
