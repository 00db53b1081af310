import type { Category, RuleInfo, ScanRequest } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";
import { FIRST, JUDGEMENTS, describeSuppressed, entryFor, isQuietAt, openSuppressible, saidOf, scanSuppressing } from "./suppressible.ts";

/** One or more of each category that says what is there, and not what is thought of it; with the row that asks for the finding. */
const FACTS = {
  "secrets-aws-in-env": "SCAN-034",
  "link-to-own-file": "SCAN-004",
  "socket-at-top": "SCAN-008",
  "name-zero-width-space": "SCAN-011",
  "files-above-limit": "SCAN-015",
  "elf-without-extension": "SCAN-017",
  "zip-archive": "SCAN-017",
  "nul-late": "SCAN-018",
  "latin1-text": "SCAN-018",
  "permissions-unknown": "SCAN-021",
  "json-duplicate-key": "SCAN-022",
  "name-missing": "SCAN-023",
} as const;
const FACT_IDS = Object.keys(FACTS);

/** What is found here may be a matter of rules that a scanner does not let a host suppress. */
const JUDGED = ["characters-tag-smuggling", "remote-bash-device", "instructions-override", "encoded-base64-pipe", "persistence-erase-disk"];

export const unsuppressibleCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-054/facts",
    requirement: "SCAN-054",
    title: `has the policy suppress all that is found in ${FACT_IDS.length} skills: ${FACT_IDS.join(", ")}`,
    isolation: "shared",
    requires: [...new Set(FACT_IDS.flatMap((id) => skillFixture(id).requires))],
    expects: ["what may be suppressed is", "rules() says so", ...FACT_IDS],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const quiet = await scanSuppressing(instance, skill.request, skill.entries(FIRST));
      context.check("what may be suppressed is", isQuietAt(quiet, FIRST), {
        did: `${skill.did}, with a policy that suppresses what was found at ${FIRST}`,
        expected: `no finding at ${FIRST}`,
        got: describeSuppressed(quiet),
      });
      const answer = await instance.ask<RuleInfo[]>("rules");
      const lying = answer.ok ? answer.value.filter(({ category, suppressible }) => suppressible === true && isFact(category)) : [];
      context.check("rules() says so", answer.ok && lying.length === 0, {
        did: "asked for the rules",
        expected: "no rule with suppressible true whose category is never suppressed",
        got: `suppressible true for ${lying.map(({ id, category }) => `${id} (${category})`).join(", ")}`,
      });
      for (const [id, row] of Object.entries(FACTS)) {
        const { did, before, after } = await scanTwice(context, instance, id);
        context.control(row, findingsOf(before).length > 0, {
          did,
          expected: "a finding",
          got: describe(before),
        });
        context.check(id, after.ok && saidOf(after) === saidOf(before), {
          did: `${did}, with a policy that suppresses all that was found`,
          expected: `the same result: ${describe(before)}`,
          got: describeSuppressed(after),
        });
      }
    },
  }),
  defineCase({
    id: "SCAN-054/rules-that-say-so",
    requirement: "SCAN-054",
    title: `has the policy suppress all that is found in ${JUDGED.length} skills, by rules of which some may not be suppressed`,
    isolation: "shared",
    expects: JUDGED,
    run: async (context) => {
      const instance = await context.open();
      const answer = await instance.ask<RuleInfo[]>("rules");
      const never = new Set(answer.ok ? answer.value.filter(({ suppressible }) => suppressible === false).map(({ id }) => id) : []);
      for (const id of JUDGED) {
        const { did, before, after } = await scanTwice(context, instance, id);
        const stays = (scanned: Scanned): string => JSON.stringify(findingsOf(scanned).filter(({ ruleId }) => never.has(ruleId)));
        context.check(id, after.ok && stays(after) === stays(before), {
          did: `${did}, with a policy that suppresses all that was found`,
          expected: `what was found by rules that are not suppressible, of: ${describe(before)}`,
          got: describeSuppressed(after),
        });
      }
    },
  }),
];

function isFact(category: Category): boolean {
  return !JUDGEMENTS.includes(category);
}

async function scanTwice(
  context: CaseContext,
  instance: OpenInstance,
  id: string,
): Promise<{ readonly did: string; readonly before: Scanned; readonly after: Scanned }> {
  await using skill = await buildInCase(context, id);
  const request: ScanRequest & { readonly skillName: string } = { ...skill.request, skillName: context.random.word() };
  const before = await scan(instance, request);
  const named = findingsOf(before).filter(({ path }) => path !== "");
  const entries = before.ok
    ? named.map(({ ruleId, path }) => ({ ...entryFor(context, before.value, path, ruleId), skill: request.skillName }))
    : [];
  return { did: didScan(skill), before, after: await scanSuppressing(instance, request, entries) };
}
