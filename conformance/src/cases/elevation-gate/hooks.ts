import type { Json } from "@flynn/sdk/kernel";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, HOOK_TIMEOUT_MS, TOOLS, codeOf, otherThan, someone, turnOf } from "./gate-in-case.ts";

/** Answers that a careless comparison takes for yes. */
const ANSWERS: Readonly<Record<string, Json>> = {
  "{ allow: false }": { allow: false },
  "{}": {},
  null: null,
  true: true,
  '"allow"': "allow",
  "the number 1": 1,
  "[true]": [true],
  '{ allow: "true" }': { allow: "true" },
  "{ allow: 1 }": { allow: 1 },
  '{ allow: "false" }': { allow: "false" },
  "{ allow: null }": { allow: null },
  "{ allowed: true }": { allowed: true },
  '{ decision: "allow" }': { decision: "allow" },
};

/** Real time for a reply to come once its time is over. Less than an answer may take, so that the case is what says so. */
const REPLY_MS = 1_000;

/** A timer may be set a moment after the hook was asked. */
const MOST_MOVES = 10;

export const hookCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-043/no-yes",
    requirement: "ELV-043",
    title: `confirms under hooks that answer ${Object.keys(ANSWERS).join(", ")}, that fail, and that allow`,
    isolation: "shared",
    expects: [...Object.keys(ANSWERS), "an error", "over", "{ allow: true }", "was asked", "not asked for a wrong code"],
    run: async (context) => {
      const principal = someone(context.random);
      const gate = await Gate.open(context, [principal]);
      const look = async (name: string, isAllowed: boolean): Promise<void> => {
        const person = { ...principal, sessionId: `ses-${context.random.word()}` };
        const { code } = await gate.pending(person);
        const reply = await gate.confirm(person, code);
        const decision = await gate.decision(turnOf(person));
        const expected = isAllowed ? "OK_ACTIVE and host" : "E_HOOK and sandbox";
        const got = `${codeOf(reply)} and ${decision}`;
        context.check(name, got === expected, { did: `confirmed with the right code under a hook that answers ${name}`, expected, got });
        if (name !== "an error") return;
        gate.hook.answers({ allow: true });
        const again = await gate.confirm(person, code);
        context.check("over", again.ok && again.value.code !== "OK_ACTIVE", {
          did: "confirmed the same request again, under a hook that allows",
          expected: "anything but OK_ACTIVE: the request was over with the hook's no",
          got: shown(again),
        });
      };
      for (const [name, answer] of Object.entries(ANSWERS)) {
        gate.hook.answers(answer);
        await look(name, false);
      }
      gate.hook.fails();
      await look("an error", false);
      gate.hook.answers({ allow: true });
      await look("{ allow: true }", true);
      const asked = gate.hook.prompts.length;
      const person = { ...principal, sessionId: `ses-${context.random.word()}` };
      const wish = { ttlMs: 61_000, reason: `restart ${context.random.word()}`, tools: [TOOLS[2], TOOLS[1]], mode: "once" } as const;
      const { code, grantId } = await gate.pending(person, { ...wish, tools: [...wish.tools] });
      await gate.confirm(person, otherThan(code));
      context.check("not asked for a wrong code", gate.hook.prompts.length === asked, {
        did: "confirmed with a wrong code",
        expected: "no question to the hook: people would learn to say yes to guesses",
        got: `${gate.hook.prompts.length - asked} questions`,
      });
      await gate.confirm(person, code);
      const { principalId, sessionId, agentId } = person;
      const facts = {
        grantId,
        principalId,
        sessionId,
        agentId,
        surface: person.surface,
        mode: wish.mode,
        ttlMs: wish.ttlMs,
        reason: wish.reason,
      };
      const [prompt] = gate.hook.prompts.slice(asked);
      const isTrue = Object.entries(facts).every(([member, value]) => prompt?.[member as keyof typeof facts] === value);
      const areTools = [...(prompt?.tools ?? [])].toSorted().join() === [...wish.tools].toSorted().join();
      context.check("was asked", gate.hook.prompts.length === asked + 1 && isTrue && areTools, {
        did: "confirmed with the right code under a hook that allows",
        expected: `one question, with ${JSON.stringify({ ...facts, tools: wish.tools })}`,
        got: shown(gate.hook.prompts.slice(asked)),
      });
    },
  }),
  defineCase({
    id: "ELV-044/no-answer",
    requirement: "ELV-044",
    title: "confirms under a hook that never answers, uses the gate meanwhile, and lets the time of the hook pass",
    isolation: "shared",
    movesTime: true,
    expects: ["status meanwhile", "another confirmation meanwhile", "not before its time", "denied", "sandbox", "a late yes"],
    run: async (context) => {
      const [person, other] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, other], { pendingTtlMs: 60_000 });
      const { clock } = gate.instance;
      const { code } = await gate.pending(person);
      const waiting = await gate.pending(other);
      gate.hook.hold();
      let reply: string | undefined;
      const confirmed = gate.beginConfirm(person, code).then((answer) => {
        reply = codeOf(answer);
      });
      // A broken subject is told of by the call that the case is waiting for.
      confirmed.catch(() => undefined);
      await Promise.race([gate.hook.asked, confirmed]);
      const status = await gate.status(other);
      context.check("status meanwhile", codeOf(status) === "OK_STATUS", {
        did: "asked for the status while a hook does not answer",
        expected: "OK_STATUS",
        got: shown(status),
      });
      gate.hook.allowNext();
      const beside = await gate.confirm(other, waiting.code);
      context.check("another confirmation meanwhile", codeOf(beside) === "OK_ACTIVE", {
        did: "confirmed another request, whose hook allows, meanwhile",
        expected: "OK_ACTIVE",
        got: shown(beside),
      });
      if (clock.slackMs < HOOK_TIMEOUT_MS) await clock.advance(HOOK_TIMEOUT_MS - 1 - clock.slackMs);
      await gate.status(other);
      context.check("not before its time", reply === undefined, {
        did: `waited ${HOOK_TIMEOUT_MS - 1 - clock.slackMs} ms of a hookTimeoutMs of ${HOOK_TIMEOUT_MS}`,
        expected: "no reply yet",
        got: String(reply),
      });
      for (let move = 0; move < MOST_MOVES && reply === undefined; move += 1) {
        await clock.advance(move === 0 ? 1 + 2 * clock.slackMs : HOOK_TIMEOUT_MS / 20);
        await gate.status(other);
      }
      // Delivered is not settled: the reply may come after the answer to the move that it follows from.
      if (reply === undefined) await within(REPLY_MS, confirmed);
      context.check("denied", reply === "E_HOOK", {
        did: "waited for the whole time of the hook",
        expected: "E_HOOK",
        got: reply ?? "no reply",
      });
      const decision = await gate.decision(turnOf(person));
      context.check("sandbox", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
      gate.hook.letGo();
      await confirmed;
      await gate.status(other);
      await gate.status(other);
      const late = await gate.decision(turnOf(person));
      context.check("a late yes", late === "sandbox", {
        did: "let the hook allow it after its time, and checked a call",
        expected: "sandbox",
        got: late,
      });
    },
  }),
];

/** Waits for what may come, and no longer than that. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  await Promise.race([promise.catch(() => undefined), over.promise]).finally(() => clearTimeout(timer));
}
