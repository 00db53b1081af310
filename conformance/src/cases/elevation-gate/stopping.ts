import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, codeOf, someone, turnOf } from "./gate-in-case.ts";

export const stoppingCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-064/end-of-session",
    requirement: "ELV-064",
    title: "ends a session in which two people have grants and one waits for a code, and looks at another session",
    isolation: "shared",
    expects: ["count", "first", "second", "pending", "another session", "once more"],
    run: async (context) => {
      const first = someone(context.random);
      const { sessionId } = first;
      const second = someone(context.random, { sessionId });
      const waiting = someone(context.random, { sessionId });
      const elsewhere = { ...first, sessionId: `${sessionId}-2` };
      const gate = await Gate.open(context, [first, second, waiting]);
      for (const person of [first, second, elsewhere]) await gate.elevate(person);
      const { code } = await gate.pending(waiting);
      const ended = await gate.instance.ask<{ revoked: number }>("endSession", sessionId);
      context.check("count", ended.ok && ended.value.revoked === 3, {
        did: "ended a session with two grants and one pending request",
        expected: "revoked: 3",
        got: shown(ended),
      });
      for (const [name, person] of [
        ["first", first],
        ["second", second],
      ] as const) {
        const seen = `${await gate.decision(turnOf(person))} and ${await gate.acquisition(turnOf(person))}`;
        context.check(name, seen === "sandbox and DENIED_NOT_ELEVATED", {
          did: `checked and acquired a call of the ${name} grant of that session`,
          expected: "sandbox and DENIED_NOT_ELEVATED",
          got: seen,
        });
      }
      const confirmed = await gate.confirm(waiting, code);
      context.check("pending", confirmed.ok && confirmed.value.code !== "OK_ACTIVE", {
        did: "confirmed the request of that session",
        expected: "anything but OK_ACTIVE",
        got: shown(confirmed),
      });
      const other = await gate.decision(turnOf(elsewhere));
      context.check("another session", other === "host", { did: "checked a call of another session", expected: "host", got: other });
      const again = await gate.instance.ask<{ revoked: number }>("endSession", sessionId);
      context.check("once more", again.ok && again.value.revoked === 0, {
        did: "ended the session once more",
        expected: "revoked: 0",
        got: shown(again),
      });
    },
  }),
  defineCase({
    id: "ELV-065/targets",
    requirement: "ELV-065",
    title: "revokes own, by id and all, as the owner, as another principal and as an admin, and looks at every grant after each",
    isolation: "shared",
    expects: [
      "own",
      "own again",
      "another's id",
      "another's all",
      "an unknown id",
      "own id",
      "a pending one",
      "all of the principal",
      "an admin by id",
      "an admin's all",
      "own, by the agent's turn",
    ],
    run: async (context) => {
      const owner = someone(context.random);
      const sessions = Array.from({ length: 4 }, () => ({ ...owner, sessionId: `ses-${context.random.word()}` }));
      const [stranger, admin, third] = [someone(context.random), someone(context.random), someone(context.random)];
      const twin = { ...(sessions[0] ?? owner), agentId: `agent-${context.random.word()}` };
      const gate = await Gate.open(context, [owner, twin, stranger, admin, third], { admins: [admin.principalId] });
      const people = [...sessions, twin, stranger, third];
      const [one, two, three, four] = sessions as [Person, Person, Person, Person];
      const ids = new Map<Person, string>();
      for (const person of people) if (person !== three) ids.set(person, (await gate.elevate(person)).grantId);
      const pending = await gate.pending(three);
      ids.set(three, pending.grantId);
      const live = new Set(people);
      /** The code, and that exactly `ended` are gone. */
      const revoke = async (name: string, who: Person, target: Parameters<Gate["revoke"]>[1], ended: readonly Person[]): Promise<void> => {
        for (const person of ended) live.delete(person);
        const code = codeOf(await gate.revoke(who, target));
        const states = new Map<string, boolean>();
        for (const who of [owner, stranger, third]) {
          const answer = await gate.status(who);
          for (const grant of answer.ok ? answer.value.grants : []) states.set(grant.grantId, true);
        }
        const wrong = people.filter((person) => live.has(person) !== (states.get(ids.get(person) ?? "") ?? false));
        const expected = ended.length > 0 ? "OK_REVOKED" : "E_NO_GRANT";
        context.check(name, code === expected && wrong.length === 0, {
          did: `revoked: ${name}`,
          expected: `${expected}, ${ended.length} grants ended and ${live.size} left as they were`,
          got: `${code}, and ${wrong.map((person) => `the grant of ${nameOf(person)} is ${live.has(person) ? "gone" : "still there"}`).join(", ") || "the grants as expected"}`,
        });
      };
      const nameOf = (person: Person): string =>
        person === stranger ? "another principal" : person === third ? "a third principal" : `session ${sessions.indexOf(person) + 1}`;
      const idOf = (person: Person): { grantId: string } => ({ grantId: ids.get(person) ?? "" });
      await revoke("own", one, "own", [one]);
      await revoke("own again", one, "own", []);
      await revoke("another's id", stranger, idOf(two), []);
      await revoke("another's all", someone(context.random), "all", []);
      await revoke("an unknown id", one, { grantId: context.random.word() }, []);
      await revoke("own id", one, idOf(two), [two]);
      await revoke("a pending one", one, idOf(three), [three]);
      await revoke("all of the principal", one, "all", [four, twin]);
      await revoke("an admin by id", admin, idOf(third), [third]);
      await revoke("an admin's all", admin, "all", [stranger]);
      ids.set(one, (await gate.elevate(one)).grantId);
      live.add(one);
      await revoke("own, by the agent's turn", turnOf(one), "own", [one]);
    },
  }),
];

type Person = ReturnType<typeof someone>;
