import type { TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { DENIED_TOOL, Gate, TOOLS, callOf, codeOf, someone, turnOf } from "./gate-in-case.ts";

/** Everything in ASCII that is no letter and no digit, and what else people join with. */
const SEPARATORS = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((character) => !/[0-9A-Za-z]/u.test(character)),
  "::",
  "||",
  "--",
  "\u2028",
];

type Ids = Pick<TrustedContext, "principalId" | "sessionId" | "agentId">;

/** Pairs of triples that are one text once they are joined, folded or cut in some way. */
const COLLISIONS: Readonly<Record<string, readonly [Ids, Ids]>> = {
  "a bar": [ids("a|b", "c", "d"), ids("a", "b|c", "d")],
  "a bar in the last": [ids("a", "b|c", "d"), ids("a", "b", "c|d")],
  "a colon": [ids("a:b", "c", "d"), ids("a", "b:c", "d")],
  "a slash": [ids("a/b", "c", "d"), ids("a", "b/c", "d")],
  "a comma": [ids("a,b", "c", "d"), ids("a", "b,c", "d")],
  "a space": [ids("a b", "c", "d"), ids("a", "b c", "d")],
  "a NUL": [ids("a\0b", "c", "d"), ids("a", "b\0c", "d")],
  "a line feed": [ids("a\nb", "c", "d"), ids("a", "b\nc", "d")],
  "JSON in an id": [ids('a","b', "c", "d"), ids("a", 'b","c', "d")],
  "nothing between": [ids("ab", "c", "d"), ids("a", "bc", "d")],
  "the same in another order": [ids("a", "b", "c"), ids("b", "a", "c")],
  "upper case": [ids("a", "b", "c"), ids("a", "B", "c")],
  "another normal form": [ids("a", "\u00E9", "c"), ids("a", "e\u0301", "c")],
  "white space at the end": [ids("a", "b", "c"), ids("a", "b ", "c")],
  "names of properties": [ids("__proto__", "b", "c"), ids("constructor", "b", "c")],
};

function ids(principalId: string, sessionId: string, agentId: string): Ids {
  return { principalId, sessionId, agentId };
}

/** What a caller would add who wants to be elevated. */
const FORGED = {
  elevated: true,
  approved: true,
  decision: "host",
  environment: "host",
  executionEnvironment: "host",
  isElevated: true,
  state: "active",
  bypass: true,
};

export const whoseGrantCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-019/other-ids",
    requirement: "ELV-019",
    title: "checks and acquires calls under the seven contexts in which one, two or all three ids are others",
    isolation: "shared",
    expects: [
      "principal",
      "session",
      "agent",
      "principal, session",
      "principal, agent",
      "session, agent",
      "principal, session, agent",
      "all the same",
    ],
    run: async (context) => {
      const person = someone(context.random);
      const other = someone(context.random);
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(person);
      const changes = { principal: "principalId", session: "sessionId", agent: "agentId" } as const;
      for (let mask = 1; mask < 8; mask += 1) {
        const changed = Object.entries(changes).filter((_, index) => (mask & (1 << index)) !== 0);
        const who = turnOf({ ...person, ...Object.fromEntries(changed.map(([, id]) => [id, other[id]])) });
        const [decision, acquisition] = [await gate.decision(who), await gate.acquisition(who)];
        context.check(changed.map(([name]) => name).join(", "), decision === "sandbox" && acquisition === "DENIED_NOT_ELEVATED", {
          did: `checked and acquired a call of another ${changed.map(([name]) => name).join(" and ")} than that of the grant`,
          expected: "sandbox and DENIED_NOT_ELEVATED",
          got: `${decision} and ${acquisition}`,
        });
      }
      const own = await gate.acquisition(turnOf(person));
      context.check("all the same", own === "GRANTED", { did: "acquired a call of the grant's own ids", expected: "GRANTED", got: own });
    },
  }),
  defineCase({
    id: "ELV-020/collisions",
    requirement: "ELV-020",
    title: `elevates one of two triples of ids that differ by ${Object.keys(COLLISIONS).join(", ")}, and checks the other`,
    isolation: "shared",
    expects: Object.keys(COLLISIONS),
    run: async (context) => {
      const pairs = Object.entries(COLLISIONS).map(
        ([name, [first, second]]) => [name, someone(context.random, first), someone(context.random, second)] as const,
      );
      const gate = await Gate.open(
        context,
        pairs.flatMap(([, first, second]) => [first, second]),
      );
      for (const [name, first, second] of pairs) {
        for (const [elevated, other] of [
          [first, second],
          [second, first],
        ] as const) {
          await gate.elevate(elevated);
          const [own, decision] = [await gate.decision(turnOf(elevated)), await gate.decision(turnOf(other))];
          context.control("ELV-001", own === "host", { did: "checked a call of the grant's own ids", expected: "host", got: own });
          if (elevated === second || decision !== "sandbox") {
            context.check(name, decision === "sandbox", {
              did: `elevated ${JSON.stringify(Object.values(idsOf(elevated)))} and checked a call of ${JSON.stringify(Object.values(idsOf(other)))}`,
              expected: "sandbox",
              got: decision,
            });
          }
          await gate.revoke(elevated);
        }
      }
    },
  }),
  defineCase({
    id: "ELV-020/separators",
    requirement: "ELV-020",
    title: `elevates triples of ids that are one text once they are joined with any of ${SEPARATORS.length} separators, and checks their twins`,
    isolation: "shared",
    expects: ["no separator"],
    run: async (context) => {
      const pairs = SEPARATORS.map((separator, index) => {
        const first = someone(context.random, ids(`a${index}${separator}b`, "c", "d"));
        return { separator, first, twin: { ...first, ...ids(`a${index}`, `b${separator}c`, "d") } };
      });
      const gate = await Gate.open(
        context,
        pairs.map(({ first }) => first),
      );
      const joined: string[] = [];
      for (const { separator, first, twin } of pairs) {
        await gate.elevate(first);
        if ((await gate.decision(turnOf(twin))) !== "sandbox") joined.push(JSON.stringify(separator));
      }
      context.check("no separator", joined.length === 0, {
        did: "elevated (a SEPARATOR b, c, d) and checked a call of (a, b SEPARATOR c, d)",
        expected: "sandbox for every separator",
        got: `host where the separator is ${joined.join(", ")}`,
      });
    },
  }),
  defineCase({
    id: "ELV-021/system",
    requirement: "ELV-021",
    title: "checks and acquires a call of origin system with the ids of an active grant, and the same of origin model",
    isolation: "shared",
    expects: ["system", "cron", "model"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person);
      for (const [name, who] of [
        ["system", { ...person, origin: "system" }],
        ["cron", { ...person, origin: "system", surface: "cron", isDirect: false }],
        ["model", turnOf(person)],
      ] as const satisfies readonly (readonly [string, TrustedContext])[]) {
        const seen = `${await gate.decision(who)} and ${await gate.acquisition(who)}`;
        const expected = name === "model" ? "host and GRANTED" : "sandbox and DENIED_NOT_ELEVATED";
        context.check(name, seen === expected, {
          did: `checked and acquired a call of ${name}, with the grant's ids`,
          expected,
          got: seen,
        });
      }
    },
  }),
  defineCase({
    id: "ELV-022/out-of-scope",
    requirement: "ELV-022",
    title: "checks and acquires calls of tools that the grant does not name",
    isolation: "shared",
    expects: ["another tool", "an unknown tool", "its own tool", "every tool"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person, { tools: [TOOLS[1]] });
      for (const [name, tool] of [
        ["another tool", TOOLS[0]],
        ["an unknown tool", "teleport"],
      ] as const) {
        const verdict = await gate.check(turnOf(person), callOf(context.random, tool));
        const acquisition = await gate.acquisition(turnOf(person), tool);
        const isRight =
          verdict.ok && verdict.value.decision === "sandbox" && verdict.value.why === "OUT_OF_SCOPE" && acquisition === "DENIED_SCOPE";
        context.check(name, isRight, {
          did: `checked and acquired a call of ${tool} under a grant for ${TOOLS[1]}`,
          expected: "sandbox, OUT_OF_SCOPE and DENIED_SCOPE",
          got: `${shown(verdict)} and ${acquisition}`,
        });
      }
      const own = await gate.acquisition(turnOf(person), TOOLS[1]);
      context.check("its own tool", own === "GRANTED", { did: `acquired a call of ${TOOLS[1]}`, expected: "GRANTED", got: own });
      await gate.revoke(person);
      await gate.elevate(person);
      const decisions: string[] = [];
      for (const tool of TOOLS) decisions.push(await gate.decision(turnOf(person), tool));
      context.check(
        "every tool",
        decisions.every((decision) => decision === "host"),
        {
          did: `requested without \`tools\` and checked calls of ${TOOLS.join(", ")}`,
          expected: "host for each",
          got: decisions.join(", "),
        },
      );
    },
  }),
  defineCase({
    id: "ELV-023/denied-by-policy",
    requirement: "ELV-023",
    title: "checks and acquires a call of a tool that the policy denies, with and without a grant",
    isolation: "shared",
    expects: ["before", "elevated", "another tool"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const look = async (name: string): Promise<void> => {
        const verdict = await gate.check(turnOf(person), callOf(context.random, DENIED_TOOL));
        const acquisition = await gate.acquisition(turnOf(person), DENIED_TOOL);
        const isRight =
          verdict.ok && verdict.value.decision === "deny" && verdict.value.why === "POLICY_DENIED" && acquisition === "DENIED_POLICY";
        context.check(name, isRight, {
          did: `checked and acquired a call of a denied tool, ${name === "before" ? "without a grant" : "with a grant for all tools"}`,
          expected: "deny, POLICY_DENIED and DENIED_POLICY",
          got: `${shown(verdict)} and ${acquisition}`,
        });
      };
      await look("before");
      await gate.elevate(person);
      await look("elevated");
      const other = await gate.acquisition(turnOf(person));
      context.check("another tool", other === "GRANTED", { did: "acquired a call of another tool", expected: "GRANTED", got: other });
    },
  }),
  defineCase({
    id: "ELV-024/forged-members",
    requirement: "ELV-024",
    title: `adds ${Object.keys(FORGED).join(", ")} to contexts, calls and requests of somebody without a grant`,
    isolation: "shared",
    expects: ["check", "acquire", "request", "a grant elsewhere"],
    run: async (context) => {
      const person = someone(context.random);
      const other = someone(context.random);
      const gate = await Gate.open(context, [person, other]);
      const { grantId } = await gate.elevate(other);
      const forged = { ...FORGED, grantId };
      const who = { ...turnOf(person), ...forged };
      const call = callOf(context.random);
      const forgedCall = { ...call, ...forged };
      const verdict = [await gate.check(who, call), await gate.check(turnOf(person), forgedCall)];
      context.check(
        "check",
        verdict.every((answer) => !answer.ok || answer.value.decision !== "host"),
        {
          did: "checked a call with these members added to the context, and to the call",
          expected: "sandbox, or INVALID_REQUEST",
          got: verdict.map(shown).join(" and "),
        },
      );
      const checkedDigest = await gate.digestOf(turnOf(person), call);
      const acquired = [
        await gate.acquire(who, { call, checkedDigest }),
        await gate.acquire(turnOf(person), { call: forgedCall, checkedDigest }),
        await gate.acquire(turnOf(person), { call, checkedDigest, ...forged } as never),
      ];
      context.check(
        "acquire",
        acquired.every((answer) => !answer.ok || answer.value.code !== "GRANTED"),
        {
          did: "acquired a call with these members added to the context, to the call, and to the request",
          expected: "DENIED_NOT_ELEVATED, or INVALID_REQUEST",
          got: acquired.map(shown).join(" and "),
        },
      );
      const requested = await gate.request(person, forged as never);
      const decision = await gate.decision(turnOf(person));
      context.check("request", codeOf(requested) !== "OK_ACTIVE" && decision === "sandbox", {
        did: "requested a grant with these members added, and checked a call",
        expected: "sandbox",
        got: `${shown(requested)}, and ${decision}`,
      });
      const elsewhere = await gate.acquisition(turnOf(other));
      context.check("a grant elsewhere", elsewhere === "GRANTED", {
        did: "acquired a call of the one who has a grant",
        expected: "GRANTED",
        got: elsewhere,
      });
    },
  }),
];

function idsOf({ principalId, sessionId, agentId }: Ids): Ids {
  return ids(principalId, sessionId, agentId);
}
