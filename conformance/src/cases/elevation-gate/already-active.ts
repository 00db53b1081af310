import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, codeOf, someone, turnOf } from "./gate-in-case.ts";

export const alreadyActiveCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-017/asked-again",
    requirement: "ELV-017",
    title: "requests again half way through a grant, uses it until its end, and looks at the end",
    isolation: "shared",
    movesTime: true,
    expects: ["refused", "still host", "same end", "allowed after"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { clock } = gate.instance;
      await gate.elevate(person, { ttlMs: 3_000 });
      await clock.advance(1_500);
      const again = await gate.request(person, { ttlMs: 600_000 });
      context.check("refused", again.ok && again.value.code === "E_ALREADY_ACTIVE" && again.value.challenge === null, {
        did: "requested 1500 ms into a grant of 3000 ms",
        expected: "E_ALREADY_ACTIVE and no challenge",
        got: shown(again),
      });
      // Use renews no more than asking does.
      await gate.acquisition(turnOf(person));
      await gate.status(person);
      const before = await gate.decision(turnOf(person));
      context.check("still host", before === "host", { did: "checked a call after that", expected: "host", got: before });
      await clock.advance(1_500 + clock.slackMs);
      const after = await gate.decision(turnOf(person));
      context.check("same end", after === "sandbox", {
        did: "checked a call 3000 ms after the confirmation",
        expected: "sandbox",
        got: after,
      });
      const allowed = await gate.request(person);
      context.check("allowed after", codeOf(allowed) === "OK_PENDING", {
        did: "requested after the end of the grant",
        expected: "OK_PENDING",
        got: shown(allowed),
      });
    },
  }),
];
