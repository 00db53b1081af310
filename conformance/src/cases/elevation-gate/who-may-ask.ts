import type { Origin, ReplyCode, TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, codeOf, isPendingFor, someone } from "./gate-in-case.ts";
import type { Requested } from "./gate-in-case.ts";

const OTHER_ORIGINS: readonly Origin[] = ["model", "system"];

/** Ids that an eye, or a careless comparison, takes for the one that is allowed. */
function lookalikesOf(id: string): Readonly<Record<string, string>> {
  return {
    "in upper case": id.toUpperCase(),
    "with a space after it": `${id} `,
    "in another normal form": id.normalize("NFD"),
    "with an invisible character": `${id.slice(0, 3)}\u200B${id.slice(3)}`,
    "cut short": id.slice(0, -1),
    "and more": `${id}x`,
    "of somebody else": `@${id.slice(2)}`,
    "the name of a property": "constructor",
  };
}

/** The reply says no with this code, and hands out nothing. */
function isRefused(answer: Requested, code: ReplyCode): boolean {
  return answer.ok && answer.value.code === code && answer.value.challenge === null;
}

export const whoMayAskCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-008/not-human",
    requirement: "ELV-008",
    title: "requests, confirms, denies and revokes for others with origin model and system, with the ids and codes of a person",
    isolation: "shared",
    expects: OTHER_ORIGINS.flatMap((origin) =>
      ["request", "confirm", "deny", "still pending", "revoke another's", "revoke all"].map((act) => `${act}: ${origin}`),
    ),
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      for (const origin of OTHER_ORIGINS) {
        const session = { ...person, sessionId: `ses-${context.random.word()}` };
        const turn: TrustedContext = { ...session, origin };
        const requested = await gate.request(turn);
        context.check(`request: ${origin}`, isRefused(requested, "E_ORIGIN"), {
          did: `requested with origin ${origin}`,
          expected: "E_ORIGIN and no challenge",
          got: shown(requested),
        });
        const { code } = await gate.pending(session);
        const confirmed = await gate.confirm(turn, code);
        const decision = await gate.decision(session);
        context.check(`confirm: ${origin}`, codeOf(confirmed) === "E_ORIGIN" && decision === "sandbox", {
          did: `confirmed with origin ${origin} and the right code`,
          expected: "E_ORIGIN, and sandbox",
          got: `${shown(confirmed)}, and ${decision}`,
        });
        const denied = await gate.deny(turn);
        context.check(`deny: ${origin}`, codeOf(denied) === "E_ORIGIN", {
          did: `denied with origin ${origin}`,
          expected: "E_ORIGIN",
          got: shown(denied),
        });
        const right = await gate.confirm(session, code);
        context.check(`still pending: ${origin}`, codeOf(right) === "OK_ACTIVE", {
          did: `confirmed as a person after a confirmation and a denial of origin ${origin}`,
          expected: "OK_ACTIVE",
          got: shown(right),
        });
        const elsewhere: TrustedContext = { ...turn, sessionId: `ses-${context.random.word()}` };
        const grantId = right.ok ? (right.value.grants[0]?.grantId ?? "") : "";
        for (const [act, target] of [
          ["revoke another's", { grantId }],
          ["revoke all", "all"],
        ] as const) {
          const revoked = await gate.revoke(elsewhere, target);
          const after = await gate.decision(session);
          context.check(`${act}: ${origin}`, ["E_ORIGIN", "E_NO_GRANT"].includes(codeOf(revoked)) && after === "host", {
            did: `revoked ${act === "revoke all" ? "all grants" : "the grant of another session"} with origin ${origin}`,
            expected: "E_ORIGIN or E_NO_GRANT, and host as before",
            got: `${shown(revoked)}, and ${after}`,
          });
        }
      }
    },
  }),
  defineCase({
    id: "ELV-009/other-principals",
    requirement: "ELV-009",
    title: "requests for principals whose ids look like the one that the policy names",
    isolation: "shared",
    expects: [...Object.keys(lookalikesOf("@abc")), "the one that is named"],
    run: async (context) => {
      const person = someone(context.random, { principalId: `@é${context.random.word()}:example.invalid`.normalize("NFC") });
      const gate = await Gate.open(context, [person]);
      for (const [name, principalId] of Object.entries(lookalikesOf(person.principalId))) {
        const answer = await gate.request({ ...person, principalId });
        context.check(name, isRefused(answer, "E_NOT_ALLOWED"), {
          did: `requested for a principal with the id of the one in the policy, ${name}`,
          expected: "E_NOT_ALLOWED",
          got: shown(answer),
        });
      }
      const answer = await gate.request(person);
      context.check("the one that is named", isPendingFor(person, answer), {
        did: "requested for the principal of the policy",
        expected: "OK_PENDING",
        got: shown(answer),
      });
    },
  }),
  refusal("ELV-010", "other-agents", "E_NOT_ALLOWED", "for an agent that the policy does not name", (person, word) => ({
    ...person,
    agentId: `agent-${word}`,
  })),
  refusal("ELV-010", "agents-that-look-alike", "E_NOT_ALLOWED", "for an agent whose id is that of the policy in upper case", (person) => ({
    ...person,
    agentId: person.agentId.toUpperCase(),
  })),
  refusal("ELV-012", "in-a-group", "E_SURFACE", "from a group", (person) => ({ ...person, surface: "channel:matrix", isDirect: false })),
  refusal("ELV-012", "from-a-webhook", "E_SURFACE", "from a webhook", (person) => ({ ...person, surface: "webhook" })),
  refusal("ELV-012", "from-cron", "E_SURFACE", "from cron", (person) => ({ ...person, surface: "cron" })),
  defineCase({
    id: "ELV-011/disabled",
    requirement: "ELV-011",
    title: "requests under a policy that has elevation off, and under the same policy with it on",
    isolation: "shared",
    expects: ["off", "on"],
    run: async (context) => {
      const person = someone(context.random);
      const off = await (await Gate.open(context, [person], { enabled: false })).request(person);
      context.check("off", isRefused(off, "E_DISABLED"), { did: "requested with elevation off", expected: "E_DISABLED", got: shown(off) });
      const on = await (await Gate.open(context, [person])).request(person);
      context.check("on", isPendingFor(person, on), { did: "requested with elevation on", expected: "OK_PENDING", got: shown(on) });
    },
  }),
];

/** A request that differs from one that is allowed in who or where it comes from, and in nothing else. */
function refusal(
  requirement: string,
  id: string,
  code: ReplyCode,
  what: string,
  change: (person: TrustedContext, word: string) => TrustedContext,
): CaseDefinition {
  return defineCase({
    id: `${requirement}/${id}`,
    requirement,
    title: `requests ${what}, and once more as it is allowed`,
    isolation: "shared",
    expects: ["refused", "sandbox", "allowed"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const changed = change(person, context.random.word());
      const answer = await gate.request(changed);
      context.check("refused", isRefused(answer, code), {
        did: `requested ${what}`,
        expected: `${code} and no challenge`,
        got: shown(answer),
      });
      const decision = await gate.decision(changed);
      context.check("sandbox", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
      const allowed = await gate.request(person);
      context.check("allowed", isPendingFor(person, allowed), {
        did: "requested in private, on a terminal, for the agent of the policy",
        expected: "OK_PENDING",
        got: shown(allowed),
      });
    },
  });
}
