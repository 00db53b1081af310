import type { ElevationPolicy, ElevationRequest, TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, TOOLS, codeOf, otherThan, policyFor, someone, turnOf } from "./gate-in-case.ts";

interface Reloaded {
  readonly deferred: readonly string[];
  readonly revoked: number;
}

/** Policies that take something from the first of two people, and nothing from the second. */
const NARROWER: Readonly<Record<string, (policy: ElevationPolicy, person: TrustedContext) => Partial<ElevationPolicy>>> = {
  "without the principal": ({ principals }, { principalId }) => ({ principals: principals.filter((id) => id !== principalId) }),
  "without the agent": ({ agents }, { agentId }) => ({ agents: agents.filter((id) => id !== agentId) }),
};

export const policyChangeCases: readonly CaseDefinition[] = [
  ...Object.entries(NARROWER).map(([name, change]) =>
    defineCase({
      id: `ELV-061/${name.replaceAll(" ", "-")}`,
      requirement: "ELV-061",
      title: `reloads a policy ${name} of one of two grants, and of a pending request`,
      isolation: "shared",
      expects: ["gone", "denied", "code", "the other"],
      run: async (context) => {
        const [person, other] = [someone(context.random), someone(context.random)];
        const elsewhere = { ...person, sessionId: `ses-${context.random.word()}` };
        const gate = await Gate.open(context, [person, other]);
        await gate.elevate(person);
        await gate.elevate(other);
        const { code } = await gate.pending(elsewhere);
        const policy = policyFor([person, other]);
        await reload(gate, { ...policy, ...change(policy, person) });
        const did = `reloaded a policy ${name}`;
        const decision = await gate.decision(turnOf(person));
        context.check("gone", decision === "sandbox", { did: `${did} of an active grant`, expected: "sandbox", got: decision });
        const acquisition = await gate.acquisition(turnOf(person));
        context.check("denied", acquisition === "DENIED_NOT_ELEVATED", { did, expected: "DENIED_NOT_ELEVATED", got: acquisition });
        const confirmed = await gate.confirm(elsewhere, code);
        context.check("code", confirmed.ok && confirmed.value.code !== "OK_ACTIVE", {
          did: `${did} of a pending request, and confirmed it`,
          expected: "anything but OK_ACTIVE",
          got: shown(confirmed),
        });
        const kept = await gate.decision(turnOf(other));
        context.check("the other", kept === "host", { did: `${did}, and checked a call of another grant`, expected: "host", got: kept });
      },
    }),
  ),
  defineCase({
    id: "ELV-061/disabled",
    requirement: "ELV-061",
    title: "reloads the same policy, and then one that disables elevation, while a grant is active and a request pending",
    isolation: "shared",
    expects: ["the same", "count", "gone", "denied", "code", "no new request"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(person);
      const { code } = await gate.pending(other);
      const policy = policyFor([person, other]);
      await reload(gate, policy);
      const same = await gate.decision(turnOf(person));
      context.check("the same", same === "host", { did: "reloaded the policy as it was", expected: "host", got: same });
      const reloaded = await reload(gate, { ...policy, enabled: false });
      const did = "reloaded a policy with elevation off";
      context.check("count", reloaded.ok && reloaded.value.revoked === 2, {
        did: `${did} while a grant was active and a request pending`,
        expected: "revoked: 2",
        got: shown(reloaded),
      });
      const decision = await gate.decision(turnOf(person));
      context.check("gone", decision === "sandbox", { did, expected: "sandbox", got: decision });
      const acquisition = await gate.acquisition(turnOf(person));
      context.check("denied", acquisition === "DENIED_NOT_ELEVATED", { did, expected: "DENIED_NOT_ELEVATED", got: acquisition });
      const confirmed = await gate.confirm(other, code);
      context.check("code", confirmed.ok && confirmed.value.code !== "OK_ACTIVE", {
        did: `${did}, and confirmed a pending request`,
        expected: "anything but OK_ACTIVE",
        got: shown(confirmed),
      });
      const requested = await gate.request(person);
      context.check("no new request", codeOf(requested) === "E_DISABLED", {
        did: `${did}, and requested`,
        expected: "E_DISABLED",
        got: shown(requested),
      });
    },
  }),
  defineCase({
    id: "ELV-061/tool-denied",
    requirement: "ELV-061",
    title: "reloads policies that deny one tool of a grant, and drop another",
    isolation: "shared",
    expects: ["denied tool", "denied tool acquired", "dropped tool"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person);
      const policy = policyFor([person]);
      await reload(gate, {
        ...policy,
        deniedTools: [...policy.deniedTools, TOOLS[0]],
        tools: policy.tools.filter((tool) => tool !== TOOLS[1]),
      });
      const denied = await gate.decision(turnOf(person), TOOLS[0]);
      context.check("denied tool", denied === "deny", { did: `reloaded a policy that denies ${TOOLS[0]}`, expected: "deny", got: denied });
      const acquisition = await gate.acquisition(turnOf(person), TOOLS[0]);
      context.check("denied tool acquired", acquisition === "DENIED_POLICY", {
        did: `acquired a call of ${TOOLS[0]} after that`,
        expected: "DENIED_POLICY",
        got: acquisition,
      });
      const dropped = await gate.decision(turnOf(person), TOOLS[1]);
      context.check("dropped tool", dropped === "sandbox", {
        did: `reloaded a policy without ${TOOLS[1]}`,
        expected: "sandbox",
        got: dropped,
      });
    },
  }),
  defineCase({
    id: "ELV-061/shorter-time",
    requirement: "ELV-061",
    title: "reloads a policy with a maxTtlMs that one grant has outlived, and another has not reached",
    isolation: "shared",
    movesTime: true,
    expects: ["outlived", "within"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(person, { ttlMs: 600_000 });
      await gate.elevate(other, { ttlMs: 4_000 });
      await gate.instance.clock.advance(5_000 - 2_500);
      await reload(gate, policyFor([person, other], { maxTtlMs: 4_000 }));
      const within = await gate.decision(turnOf(other));
      context.check("within", within === "host", {
        did: "reloaded a policy with maxTtlMs 4000, 2500 ms into a grant of 4000 ms",
        expected: "host",
        got: within,
      });
      await gate.instance.clock.advance(1_500 + gate.instance.clock.slackMs);
      const outlived = await gate.decision(turnOf(person));
      context.check("outlived", outlived === "sandbox", {
        did: "checked a call 4000 ms into a grant of 600000 ms, after a policy with maxTtlMs 4000 came in",
        expected: "sandbox",
        got: outlived,
      });
    },
  }),
  defineCase({
    id: "ELV-062/wider",
    requirement: "ELV-062",
    title: "reloads a policy that adds a principal, an agent, a tool and time, and switches elevation on in a gate that started without",
    isolation: "shared",
    movesTime: true,
    expects: ["deferred", "principal", "agent", "tool", "time", "denied tool", "not longer", "guesses", "switched on", "what there was"],
    run: async (context) => {
      const person = someone(context.random);
      const stranger = someone(context.random);
      const gate = await Gate.open(context, [person], { maxTtlMs: 3_000 });
      await gate.elevate(person, { ttlMs: 3_000 });
      const wider = policyFor([person, stranger], {
        admins: [stranger.principalId],
        pendingTtlMs: 60_000,
        maxAttempts: 10,
        lockoutMs: 0,
        maxTtlMs: 3_600_000,
        tools: [...policyFor([]).tools, "teleport"],
        deniedTools: [],
      });
      const reloaded = await reload(gate, wider);
      const added = ["principals", "admins", "agents", "tools", "maxTtlMs", "pendingTtlMs", "maxAttempts", "lockoutMs", "deniedTools"];
      const named = reloaded.ok ? reloaded.value.deferred : [];
      const did = "reloaded a policy that adds a principal, an agent, a tool and time, and denies no tool";
      context.check("deferred", added.toSorted().join() === named.toSorted().join(), {
        did,
        expected: `deferred: ${added.join(", ")}`,
        got: shown(reloaded),
      });
      const elsewhere = { ...person, sessionId: `ses-${context.random.word()}` };
      const asked: readonly (readonly [string, TrustedContext, Partial<ElevationRequest>, string])[] = [
        ["principal", { ...stranger, agentId: person.agentId }, { ttlMs: 3_000 }, "E_NOT_ALLOWED"],
        ["agent", { ...elsewhere, agentId: stranger.agentId }, { ttlMs: 3_000 }, "E_NOT_ALLOWED"],
        ["tool", elsewhere, { ttlMs: 3_000, tools: ["teleport"] }, "E_TOOL"],
        ["time", elsewhere, { ttlMs: 60_000 }, "E_TTL_RANGE"],
        ["what there was", elsewhere, { ttlMs: 3_000 }, "OK_PENDING"],
      ];
      for (const [name, who, wish, expected] of asked) {
        const answer = await gate.request(who, wish);
        context.check(name, codeOf(answer) === expected, { did: `${did}, and requested it: ${name}`, expected, got: shown(answer) });
      }
      const denied = await gate.decision(turnOf(person), "raw.disk");
      context.check("denied tool", denied === "deny", {
        did: `${did}, and checked a call of one that was denied`,
        expected: "deny",
        got: denied,
      });
      await gate.instance.clock.advance(3_000 + gate.instance.clock.slackMs);
      const after = await gate.decision(turnOf(person));
      context.check("not longer", after === "sandbox", {
        did: `${did}, and waited for the end of a grant of 3000 ms`,
        expected: "sandbox",
        got: after,
      });
      const guessed = { ...person, sessionId: `ses-${context.random.word()}` };
      const { code } = await gate.pending(guessed, { ttlMs: 3_000 });
      for (let guess = 0; guess < 3; guess += 1) await gate.confirm(guessed, otherThan(code));
      const [right, next] = [await gate.confirm(guessed, code), await gate.request(guessed, { ttlMs: 3_000 })];
      context.check("guesses", codeOf(right) !== "OK_ACTIVE" && codeOf(next) === "E_LOCKED", {
        did: "reloaded a policy with more attempts and no lock, gave three wrong codes and the right one, and requested again",
        expected: "anything but OK_ACTIVE, and E_LOCKED",
        got: `${shown(right)}, and ${shown(next)}`,
      });
      const off = await Gate.open(context, [person], { enabled: false });
      const switched = await reload(off, policyFor([person]));
      const on = await off.request(person);
      const isNamed = switched.ok && switched.value.deferred.includes("enabled");
      context.check("switched on", codeOf(on) === "E_DISABLED" && isNamed, {
        did: "reloaded a policy that switches elevation on, where it was off at the start",
        expected: "E_DISABLED, and `enabled` in `deferred`",
        got: `${shown(on)}, and ${shown(switched)}`,
      });
    },
  }),
  defineCase({
    id: "ELV-063/broken-policy",
    requirement: "ELV-063",
    title: "reloads policies that break the schema, each of which would also end the grant or make it longer",
    isolation: "shared",
    expects: [
      "a missing member",
      "a member too many",
      "a time of the wrong type",
      "a time that is too long",
      "still host",
      "still the limits",
    ],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person], { maxTtlMs: 60_000 });
      await gate.elevate(person);
      const narrow = { ...policyFor([], { maxTtlMs: 60_000 }), enabled: false };
      const { agents: _agents, ...missing } = narrow;
      for (const [name, policy] of [
        ["a missing member", missing],
        ["a member too many", { ...narrow, everybody: true }],
        ["a time of the wrong type", { ...narrow, maxTtlMs: "1h" }],
        ["a time that is too long", { ...narrow, maxTtlMs: 86_400_001 }],
      ] as const) {
        const answer = await gate.instance.ask("reload", policy);
        context.check(name, !answer.ok && answer.error.code === "INVALID_REQUEST", {
          did: `reloaded a policy with ${name}`,
          expected: "the error INVALID_REQUEST",
          got: shown(answer),
        });
      }
      const decision = await gate.decision(turnOf(person));
      context.check("still host", decision === "host", { did: "checked a call of the grant after that", expected: "host", got: decision });
      const elsewhere = { ...person, sessionId: `ses-${context.random.word()}` };
      const [longest, longer] = [await gate.request(elsewhere), await gate.request(elsewhere, { ttlMs: 60_001 })];
      context.check("still the limits", codeOf(longest) === "OK_PENDING" && codeOf(longer) === "E_TTL_RANGE", {
        did: "requested 60000 ms and 60001 ms under a maxTtlMs of 60000",
        expected: "OK_PENDING and E_TTL_RANGE",
        got: `${shown(longest)} and ${shown(longer)}`,
      });
    },
  }),
];

function reload(gate: Gate, policy: ElevationPolicy): Promise<Awaited<ReturnType<typeof gate.instance.ask<Reloaded>>>> {
  return gate.instance.ask<Reloaded>("reload", policy);
}
