import type { ElevationRequest, ReplyCode } from "@flynn/sdk/elevation-gate";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, MAX_TTL_MS, TOOLS, codeOf, isPendingFor, someone } from "./gate-in-case.ts";
import type { Requested } from "./gate-in-case.ts";

type Wishes = Readonly<Record<string, Partial<ElevationRequest>>>;

const WRONG_TTLS = [0, -1, 1, 999, 1_000.5, MAX_TTL_MS + 1, 2 ** 31, 1e21, -60_000];
const RIGHT_TTLS = [1_000, 60_000, MAX_TTL_MS];

const WRONG_LENGTHS: Readonly<Record<string, string>> = {
  "no reason": "",
  "2 characters": "ab",
  "2 characters in white space": "  ab  ",
  "2 characters of two units each": "😀😀",
  "201 characters": "a".repeat(201),
  "300 characters": "a".repeat(300),
};
const RIGHT_LENGTHS: Readonly<Record<string, string>> = {
  "3 characters": "abc",
  "3 characters of two units each": "😀😀😀",
  "200 characters": "a".repeat(200),
  "200 characters of two units each": "😀".repeat(200),
};

const WRONG_CHARACTERS: Readonly<Record<string, string>> = {
  "a line feed": "\n",
  "a carriage return": "\r",
  NUL: "\0",
  "a tab": "\t",
  ESC: "\u001B",
  DEL: "\u007F",
  "C1 CSI": "\u009B",
  NEL: "\u0085",
  "a line separator": "\u2028",
  "a paragraph separator": "\u2029",
  "a zero-width space": "\u200B",
  "a right-to-left mark": "\u200F",
  "a right-to-left override": "\u202E",
  "a left-to-right embedding": "\u202A",
  "an Arabic letter mark": "\u061C",
  "the end of an isolate": "\u2069",
  "a tag": "\u{E0041}",
  "an isolate": "\u2066",
  "a word joiner": "\u2060",
  "a byte order mark": "\uFEFF",
};
const RIGHT_REASONS: Readonly<Record<string, string>> = {
  accents: "réparer le café",
  Chinese: "重启网页服务器",
  Arabic: "إعادة تشغيل الخادم",
  Hindi: "सर्वर फिर से शुरू करें",
  "quotes and backslashes": `"C:\\srv" isn't 'there' \`now\``,
  markup: "<b>restart</b> && $(reboot) | tee %s {0}",
};

export const whatMayBeAskedCases: readonly CaseDefinition[] = [
  refusals("ELV-013", "time-to-live", "E_TTL_RANGE", {
    wrong: Object.fromEntries(WRONG_TTLS.map((ttlMs) => [`${ttlMs} ms`, { ttlMs }])),
    right: Object.fromEntries(RIGHT_TTLS.map((ttlMs) => [`${ttlMs} ms`, { ttlMs }])),
    says: (answer) => answer.ok && answer.value.limits?.maxTtlMs === MAX_TTL_MS,
    saying: "with `limits`",
  }),
  refusals("ELV-014", "length-of-the-reason", "E_REASON", { wrong: reasons(WRONG_LENGTHS), right: reasons(RIGHT_LENGTHS) }),
  refusals("ELV-015", "characters-of-the-reason", "E_REASON", {
    wrong: Object.fromEntries(
      Object.entries(WRONG_CHARACTERS).flatMap(([name, character]) => [
        [name, { reason: `restart${character}nginx now` }],
        [`${name} at the end`, { reason: `restart nginx${character}` }],
      ]),
    ),
    right: reasons(RIGHT_REASONS),
    keeps: true,
  }),
  refusals("ELV-016", "tools", "E_TOOL", {
    wrong: {
      "an unknown tool": { tools: ["teleport"] },
      "one of two unknown": { tools: [TOOLS[0], "teleport"] },
      "other letters": { tools: ["EXEC"] },
      "a part of a name": { tools: ["exe"] },
      "the name of a property": { tools: ["constructor"] },
    },
    right: { "one tool": { tools: [TOOLS[1]] }, "two tools": { tools: [TOOLS[0], TOOLS[2]] } },
    says: (answer) => answer.ok && TOOLS.every((tool) => answer.value.limits?.tools.includes(tool)),
    saying: "with the tools in `limits`",
  }),
];

function reasons(named: Readonly<Record<string, string>>): Wishes {
  return Object.fromEntries(Object.entries(named).map(([name, reason]) => [name, { reason }]));
}

/** Requests that ask for what cannot be given, none of which leaves anything behind, and their neighbours that can. */
function refusals(
  requirement: string,
  id: string,
  code: ReplyCode,
  {
    wrong,
    right,
    says = () => true,
    saying = "",
    keeps = false,
  }: {
    readonly wrong: Wishes;
    readonly right: Wishes;
    readonly says?: (answer: Requested) => boolean;
    readonly saying?: string;
    /** Whether the reason comes back as it was given. */
    readonly keeps?: boolean;
  },
): CaseDefinition {
  return defineCase({
    id: `${requirement}/${id}`,
    requirement,
    title: `requests with ${Object.keys(wrong).join(", ")}, and with ${Object.keys(right).join(", ")}`,
    isolation: "shared",
    expects: [
      ...Object.keys(wrong).map((name) => `refused: ${name}`),
      "what was pending stays",
      ...Object.keys(right).map((name) => `taken: ${name}`),
    ],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const before = await gate.pending(person);
      for (const [name, wish] of Object.entries(wrong)) {
        const answer = await gate.request(person, wish);
        const isRight = codeOf(answer) === code && answer.ok && answer.value.challenge === null && says(answer);
        context.check(`refused: ${name}`, isRight, {
          did: `requested with ${name}`,
          expected: `${code} ${saying}`.trim(),
          got: shown(answer),
        });
      }
      const status = await gate.status(person);
      const left = (status.ok ? status.value.grants : []).map(({ grantId, state }) => `${grantId} ${state}`);
      context.check("what was pending stays", left.join() === `${before.grantId} pending`, {
        did: "asked for the status after these requests, with one pending from before them",
        expected: "that one, still pending, and no other",
        got: left.join(" and ") || shown(status),
      });
      for (const [name, wish] of Object.entries(right)) await checkTaken(context, gate, name, wish, keeps);
    },
  });
}

async function checkTaken(context: CaseContext, gate: Gate, name: string, wish: Partial<ElevationRequest>, keeps: boolean): Promise<void> {
  const [principalId = "", agentId = ""] = [gate.people[0]?.principalId, gate.people[0]?.agentId];
  const session = someone(context.random, { principalId, agentId });
  const answer = await gate.request(session, wish);
  const isKept = !keeps || (answer.ok && answer.value.grants[0]?.reason === wish.reason);
  context.check(`taken: ${name}`, isPendingFor(session, answer) && isKept, {
    did: `requested with ${name}`,
    expected: keeps ? `OK_PENDING and the reason ${JSON.stringify(wish.reason)}` : "OK_PENDING",
    got: shown(answer),
  });
}
