import type { TrustedContext } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, LOCKOUT_MS, codeOf, otherThan, someone } from "./gate-in-case.ts";

const ROW_OF_CODES = 20;

/** What somebody who guesses, or fails to type, sends in the place of a code. */
const WRONG_CODES: Readonly<Record<string, (code: string) => string>> = {
  "another code": otherThan,
  "its start": (code) => code.slice(0, -1),
  "more than the code": (code) => `${code}0`,
  nothing: () => "",
  "other letters": () => "ÄÖ😀",
  "a very long one": () => "0".repeat(256),
  "a property name": () => "__proto__",
};

export const codeCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-004/wrong-codes",
    requirement: "ELV-004",
    title: `confirms with ${Object.keys(WRONG_CODES).join(", ")}, each in a request of its own, and then with the right code`,
    isolation: "shared",
    expects: Object.keys(WRONG_CODES).flatMap((name) => [`${name}: E_CODE`, `${name}: sandbox`, `${name}: the right code`]),
    run: async (context) => {
      const principal = someone(context.random);
      const gate = await Gate.open(context, [principal]);
      for (const [name, spoil] of Object.entries(WRONG_CODES)) {
        const person = { ...principal, sessionId: `ses-${context.random.word()}` };
        const { code } = await gate.pending(person);
        const answer = await gate.confirm(person, spoil(code));
        const isRight = answer.ok && answer.value.code === "E_CODE" && answer.value.attemptsLeft === 2;
        context.check(`${name}: E_CODE`, isRight, {
          did: `confirmed with ${name} in the place of the code`,
          expected: "E_CODE with 2 attempts left of 3",
          got: shown(answer),
        });
        const decision = await gate.decision(person);
        context.check(`${name}: sandbox`, decision === "sandbox", {
          did: `checked a call after confirming with ${name}`,
          expected: "sandbox",
          got: decision,
        });
        const right = await gate.confirm(person, code);
        context.check(`${name}: the right code`, codeOf(right) === "OK_ACTIVE", {
          did: "confirmed with the right code after one wrong one",
          expected: "OK_ACTIVE",
          got: shown(right),
        });
      }
    },
  }),
  defineCase({
    id: "ELV-005/brute-force",
    requirement: "ELV-005",
    title: "lets others guess, confirms three times with a wrong code, then with the right one, and asks again until the lock is over",
    isolation: "shared",
    movesTime: true,
    expects: ["guesses of others", "the right code", "sandbox", "locked", "locked until the end", "open again", "counts anew"],
    run: async (context) => {
      const [person, neighbour] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [person, neighbour]);
      const { code } = await gate.pending(person);
      // People in the same room, one of whom the policy knows.
      for (const principalId of [neighbour.principalId, `@${context.random.word()}:example.invalid`]) {
        for (let guess = 0; guess < 3; guess += 1) await gate.confirm({ ...person, principalId }, otherThan(code));
      }
      const status = await gate.status(person);
      context.check("guesses of others", status.ok && status.value.grants[0]?.state === "pending", {
        did: "confirmed six times with a wrong code as two other principals of the same session, and asked for the owner's status",
        expected: "a request that is pending as before",
        got: shown(status),
      });
      for (const left of [2, 1, 0]) {
        const answer = await gate.confirm(person, otherThan(code));
        const isCounted = codeOf(answer) === "E_CODE" || (left === 0 && codeOf(answer) === "E_LOCKED");
        context.control("ELV-004", isCounted, {
          did: "confirmed with a wrong code",
          expected: "E_CODE",
          got: shown(answer),
        });
      }
      const late = await gate.confirm(person, code);
      context.check("the right code", late.ok && late.value.code !== "OK_ACTIVE", {
        did: "confirmed with the right code after three wrong ones, where maxAttempts is 3",
        expected: "anything but OK_ACTIVE",
        got: shown(late),
      });
      const decision = await gate.decision(person);
      context.check("sandbox", decision === "sandbox", { did: "checked a call", expected: "sandbox", got: decision });
      const locked = await gate.request(person);
      const { retryAfterMs } = locked.ok ? locked.value : { retryAfterMs: null };
      const isTold = retryAfterMs !== null && retryAfterMs > 0 && retryAfterMs <= LOCKOUT_MS;
      context.check("locked", codeOf(locked) === "E_LOCKED" && isTold, {
        did: "asked for a grant right after three wrong codes",
        expected: "E_LOCKED with `retryAfterMs`",
        got: shown(locked),
      });
      // Neither of them is a way around.
      await gate.deny(person);
      await gate.revoke(person);
      const { slackMs } = gate.instance.clock;
      await gate.instance.clock.advance(LOCKOUT_MS - 1 - slackMs);
      const still = await gate.request(person);
      context.check("locked until the end", codeOf(still) === "E_LOCKED", {
        did: `asked ${LOCKOUT_MS - 1 - slackMs} ms into a lock of ${LOCKOUT_MS} ms`,
        expected: "E_LOCKED",
        got: shown(still),
      });
      await gate.instance.clock.advance(1 + 2 * slackMs);
      const again = await gate.request(person);
      context.check("open again", codeOf(again) === "OK_PENDING", {
        did: `asked ${LOCKOUT_MS + slackMs} ms after the last wrong code`,
        expected: "OK_PENDING",
        got: shown(again),
      });
      const wrong = await gate.confirm(person, otherThan(again.ok ? await gate.instance.reveal(again.value.challenge) : ""));
      context.check("counts anew", wrong.ok && wrong.value.code === "E_CODE" && wrong.value.attemptsLeft === 2, {
        did: "confirmed the new request with a wrong code",
        expected: "E_CODE with 2 attempts left",
        got: shown(wrong),
      });
    },
  }),
  defineCase({
    id: "ELV-006/replayed",
    requirement: "ELV-006",
    title: "confirms with codes of grants that were activated, revoked and expired, with and without another request pending",
    isolation: "shared",
    movesTime: true,
    expects: ["while active", "after revoke", "against the next request", "after expiry", "against the next request after expiry"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const replay = async (name: string, code: string): Promise<void> => {
        const answer = await gate.confirm(person, code);
        const decision = await gate.decision(person);
        const isRight = answer.ok && answer.value.code !== "OK_ACTIVE" && (name === "while active" || decision === "sandbox");
        context.check(name, isRight, {
          did: `confirmed again with a used code, ${name}`,
          expected: name === "while active" ? "anything but OK_ACTIVE" : "anything but OK_ACTIVE, and sandbox",
          got: `${shown(answer)}, and ${decision}`,
        });
      };
      const first = await gate.elevate(person, { ttlMs: 1_500 });
      await replay("while active", first.code);
      await gate.revoke(person);
      await replay("after revoke", first.code);
      await gate.pending(person);
      await replay("against the next request", first.code);
      await gate.deny(person);
      const second = await gate.elevate(person, { ttlMs: 1_500 });
      await gate.instance.clock.advance(1_500 + gate.instance.clock.slackMs);
      await replay("after expiry", second.code);
      await gate.pending(person);
      await replay("against the next request after expiry", second.code);
    },
  }),
  defineCase({
    id: "ELV-007/of-another-request",
    requirement: "ELV-007",
    title: "confirms requests with codes of another session, agent and principal, and of the request that was superseded",
    isolation: "shared",
    expects: ["another session", "another agent", "another principal", "superseded", "its own"],
    run: async (context) => {
      const person = someone(context.random);
      const others: Readonly<Record<string, TrustedContext>> = {
        "another session": { ...person, sessionId: `ses-${context.random.word()}` },
        "another agent": { ...person, agentId: `agent-${context.random.word()}` },
        "another principal": { ...person, principalId: `@${context.random.word()}:example.invalid` },
      };
      const gate = await Gate.open(context, [person, ...Object.values(others)], { maxAttempts: 10 });
      const superseded = await gate.pending(person);
      const current = await gate.pending(person);
      const look = async (name: string, code: string): Promise<void> => {
        const answer = await gate.confirm(person, code);
        const decision = await gate.decision(person);
        context.check(name, codeOf(answer) !== "OK_ACTIVE" && decision === "sandbox", {
          did: `confirmed a pending request with the code of ${name === "superseded" ? "the one that it superseded" : name}`,
          expected: "anything but OK_ACTIVE, and sandbox",
          got: `${shown(answer)}, and ${decision}`,
        });
      };
      for (const [name, other] of Object.entries(others)) await look(name, (await gate.pending(other)).code);
      await look("superseded", superseded.code);
      const own = await gate.confirm(person, current.code);
      context.check("its own", codeOf(own) === "OK_ACTIVE", {
        did: "confirmed it with its own code",
        expected: "OK_ACTIVE",
        got: shown(own),
      });
    },
  }),
  defineCase({
    id: "ELV-067/a-row-of-codes",
    requirement: "ELV-067",
    title: `requests ${ROW_OF_CODES} times and looks at the codes side by side`,
    isolation: "shared",
    expects: ["form", "all differ", "no order"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const codes: string[] = [];
      for (let count = 0; count < ROW_OF_CODES; count += 1) codes.push((await gate.pending(person)).code);
      const did = `requested ${ROW_OF_CODES} times`;
      const shortest = Math.min(...codes.map(({ length }) => length));
      context.check("form", shortest >= 6 && codes.every((code) => /^[0-9A-Za-z-]+$/u.test(code)), {
        did,
        expected: "codes of at least six letters and digits",
        got: `the shortest has ${shortest} characters`,
      });
      const distinct = new Set(codes).size;
      context.check("all differ", distinct === codes.length, { did, expected: "no code twice", got: `${distinct} different codes` });
      const sorted = codes.toSorted().join();
      const isInOrder = sorted === codes.join() || sorted === codes.toReversed().join();
      context.check("no order", !isInOrder, { did, expected: "codes in no order", got: "each is greater than the one before, or less" });
    },
  }),
];
