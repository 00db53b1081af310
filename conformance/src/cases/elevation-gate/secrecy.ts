import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { Gate, callOf, codeOf, otherThan, someone, turnOf } from "./gate-in-case.ts";

const PART = 8;

/** Places where people type a secret, around the value. Made at run time, so that no scanner takes them for real ones. */
const SECRETS: Readonly<Record<string, (value: string) => string>> = {
  "after --token": (value) => `--token ${value}`,
  "after --token=": (value) => `--token=${value}`,
  "after --password": (value) => `--password ${value}`,
  "after --api-key": (value) => `--api-key=${value}`,
  "in PASSWORD=": (value) => `DB_PASSWORD=${value}`,
  "in a variable that ends in _TOKEN": (value) => `DEPLOY_TOKEN=${value}`,
  "in a variable that ends in _SECRET": (value) => `CLIENT_SECRET=${value}`,
  "after Bearer": (value) => `Authorization: Bearer ${value}`,
  "in the userinfo of a URL": (value) => `https://admin:${value}@registry.example.invalid/x`,
  "with the prefix of a GitHub token": (value) => ["ghp", `_${value}${value}`].join(""),
  "with the prefix of a fine-grained GitHub token": (value) => ["github", `_pat_${value}${value}`].join(""),
  "with the prefix of a GitLab token": (value) => ["glpat", `-${value}${value}`].join(""),
  "with the prefix of a Slack token": (value) => ["xoxb", `-1234567890-${value}`].join(""),
  "with the prefix of an npm token": (value) => ["npm", `_${value}${value}`].join(""),
  "with the prefix of a Google key": (value) => ["AIza", `${value}${value}`].join(""),
  "with the prefix of an AWS key id": (value) => ["AKIA", value.toUpperCase()].join(""),
  "with the prefix of an OpenAI key": (value) => ["sk", `-proj-${value}${value}`].join(""),
  "with the prefix of an Anthropic key": (value) => ["sk", `-ant-api03-${value}${value}`].join(""),
};

/** Arguments as programs take them: an option and its value are two words. */
const ARGUMENTS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  ...Object.fromEntries(Object.entries(SECRETS).map(([name, make]) => [name, (value: string) => make(value).split(" ")])),
  "in one word of many": (value) => ["-c", `curl -s --password ${value} https://example.invalid`],
  "far behind": (value) => ["x".repeat(90), `--token=${value}`],
  ...Object.fromEntries(
    // Where a preview of that many characters would end in the middle of the value.
    [60, 80, 100, 120, 160, 200].map((length) => [
      `at the end of a preview of ${length}`,
      (value: string) => ["y".repeat(length - 12 - "curl  --token ".length), "--token", value],
    ]),
  ),
};

export const secrecyCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-052/code",
    requirement: "ELV-052",
    title: "uses requests and their codes in every way, and looks for the codes in events, prompts and replies",
    isolation: "shared",
    negative: true,
    expects: ["events", "prompts", "replies"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      const replies: unknown[] = [];
      const active = await gate.pending(person);
      replies.push(await gate.confirm(person, otherThan(active.code)), await gate.status(person));
      replies.push(await gate.confirm(person, active.code), await gate.confirm(person, active.code), await gate.status(person));
      replies.push(await gate.check(turnOf(person), gate.anyCall()), await gate.revoke(person));
      const denied = await gate.pending(other);
      replies.push(await gate.status(other), await gate.deny(other), await gate.confirm(other, denied.code));
      await gate.barrier(person);
      const codes = [active.code, denied.code];
      const holds = (channel: unknown, texts: readonly string[]): boolean =>
        texts.some((text) => textOf(channel).includes(text.toLowerCase()));
      context.sensor("events, prompts and replies", holds({ planted: active.code }, codes));
      const isSeen =
        holds(gate.audit.offered, [active.grantId]) && holds(gate.hook.prompts, [active.grantId]) && holds(replies, [active.grantId]);
      context.contrast("ELV-001", isSeen, {
        did: "looked for the id of the grant in the same events, prompts and replies",
        expected: "it is in each of them",
        got: isSeen ? "it is" : "it is not",
      });
      context.barrier("the event of a later request");
      for (const [name, channel] of [
        ["events", gate.audit.offered],
        ["prompts", gate.hook.prompts],
        ["replies", replies],
      ] as const) {
        context.check(name, !holds(channel, codes), {
          did: `looked for the codes of two requests in ${name}`,
          expected: "neither",
          got: "one of them is there",
        });
      }
    },
  }),
  defineCase({
    id: "ELV-053/reason",
    requirement: "ELV-053",
    title: `requests with reasons that hold a secret ${Object.keys(SECRETS).join(", ")}`,
    isolation: "shared",
    negative: true,
    expects: Object.keys(SECRETS),
    run: async (context) => {
      const principal = someone(context.random);
      const gate = await Gate.open(context, [principal]);
      for (const [name, make] of Object.entries(SECRETS)) {
        const person = { ...principal, sessionId: `ses-${context.random.word()}` };
        const value = context.random.word(16);
        const [before, after] = [context.random.word(8), context.random.word(8)];
        const requested = await gate.request(person, { reason: `${before} ${make(value)} ${after}` });
        const code = requested.ok && requested.value.challenge ? await gate.instance.reveal(requested.value.challenge) : "";
        const seen = [requested, await gate.confirm(person, code), await gate.status(person)];
        await gate.barrier(principal);
        const channels = { events: gate.audit.offered, prompts: gate.hook.prompts, replies: seen };
        witness(context, `events, prompts and replies`, value, "the event of a later request");
        // Refusing such a reason is a way to keep the secret too; taking it apart from its words is none.
        const isTaken = codeOf(requested) === "OK_PENDING";
        const isWhole = !isTaken || (textOf(channels.events).includes(before) && textOf(channels.events).includes(after));
        context.contrast("ELV-050", isWhole, {
          did: `looked for the words around a secret ${name} in the events`,
          expected: `${before} and ${after}`,
          got: isWhole ? "both" : "not both",
        });
        const leaks = Object.entries(channels)
          .filter(([, channel]) => holdsPart(channel, value))
          .map(([channel]) => channel);
        context.check(name, leaks.length === 0 && (isTaken || codeOf(requested) === "E_REASON"), {
          did: `requested with a reason that holds a secret ${name}`,
          expected: "OK_PENDING, and the secret nowhere (or E_REASON)",
          got: leaks.length > 0 ? `the secret is in ${leaks.join(", ")}` : codeOf(requested),
        });
      }
    },
  }),
  defineCase({
    id: "ELV-054/arguments",
    requirement: "ELV-054",
    title: `acquires calls, granted and denied, with a secret ${Object.keys(ARGUMENTS).join(", ")}`,
    isolation: "shared",
    negative: true,
    expects: Object.keys(ARGUMENTS).flatMap((name) => [name, `${name}, denied`]),
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other]);
      await gate.elevate(person);
      for (const [name, make] of Object.entries(ARGUMENTS)) {
        for (const who of [person, other]) {
          const value = context.random.word(16);
          const call = callOf(context.random, "exec", { argv: ["curl", ...make(value)] });
          // A session of its own for each denial, because many of one are not all told.
          const turn = turnOf(who === person ? who : { ...who, sessionId: `ses-${context.random.word()}` });
          const checkedDigest = await gate.digestOf(turn, call);
          const code = codeOf(await gate.acquire(turn, { call, checkedDigest }));
          await gate.barrier(person);
          witness(context, "events", value, "the event of a later request");
          const isTold = gate.audit.events.some((event) => event.callDigest === checkedDigest);
          context.contrast("ELV-050", isTold || who === other, {
            did: "looked for the digest of the call in the events",
            expected: "it is there",
            got: "it is not",
          });
          context.check(who === person ? name : `${name}, denied`, !holdsPart(gate.audit.offered, value), {
            did: `acquired a call with a secret ${name} among its arguments, which is ${code}`,
            expected: "no event that holds it",
            got: shownEvent(gate, value),
          });
        }
      }
    },
  }),
];

function witness(context: CaseContext, channel: string, value: string, barrier: string): void {
  context.sensor(channel, holdsPart([{ planted: `x${value}x` }], value));
  context.barrier(barrier);
}

/** Half of a secret is too much of it. */
function holdsPart(channel: unknown, value: string): boolean {
  const text = textOf(channel);
  return Array.from({ length: value.length - PART + 1 }, (_, start) => value.slice(start, start + PART)).some((part) =>
    text.includes(part),
  );
}

function textOf(value: unknown): string {
  return JSON.stringify(value).toLowerCase();
}

/** Which event holds it, without showing it. */
function shownEvent(gate: Gate, value: string): string {
  const event = gate.audit.offered.find((offered) => holdsPart(offered, value));
  const member = event && Object.entries(event).find(([, text]) => holdsPart(text ?? "", value));
  return event ? `it is in \`${member?.[0]}\` of ${event.type}` : "none";
}
