import type { Category, RuleInfo, ScanRequest } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";
import type { SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { linesOf, payloadOf, withFiles } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";
import { isOfFile } from "./suppression-model.ts";
import { FIRST, JUDGEMENTS, describeSuppressed, entryFor, isQuietAt, openSuppressible, scanSuppressing } from "./suppressible.ts";

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
      const never = await unsuppressibleRules(instance);
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
        checkFacts(context, id, `${did}, with a policy that suppresses all that was found`, { before, after, never });
      }
    },
  }),
  defineCase({
    id: "SCAN-054/beside-a-judgement",
    requirement: "SCAN-054",
    title: "has the policy suppress all that is found in a script that also holds a credential",
    isolation: "shared",
    expects: ["a credential in the same file"],
    run: async (context) => {
      const instance = await context.open();
      const from = skillFixture("secrets-aws-in-env");
      const credential = linesOf(from, ".env");
      const { hostile: script } = payloadOf("download-pipe-in-script", "fetch.sh");
      const name = "a credential in the same file";
      const { did, before, after } = await scanTwice(context, instance, withFiles(from, { "both.sh": [...script, ...credential] }));
      const never = await unsuppressibleRules(instance);
      context.control(
        "SCAN-034",
        findingsOf(before).some(({ category }) => category === "secret"),
        {
          did,
          expected: "a finding of category secret at both.sh",
          got: describe(before),
        },
      );
      checkFacts(context, name, `${did}, in a script that pipes a download into bash, with a policy that suppresses all that was found`, {
        before,
        after,
        never,
      });
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
      const never = await unsuppressibleRules(instance);
      for (const id of JUDGED) {
        const { did, before, after } = await scanTwice(context, instance, id);
        checkFacts(context, id, `${did}, with a policy that suppresses all that was found`, { before, after, never });
      }
    },
  }),
];

/** Of the rules that say that they may not be suppressed. */
async function unsuppressibleRules(instance: OpenInstance): Promise<ReadonlySet<string>> {
  const answer = await instance.ask<RuleInfo[]>("rules");
  return new Set(answer.ok ? answer.value.filter(({ suppressible }) => suppressible === false).map(({ id }) => id) : []);
}

/** What else is found there may be a judgement, which the policy does suppress. */
function checkFacts(
  context: CaseContext,
  name: string,
  did: string,
  { before, after, never }: { readonly before: Scanned; readonly after: Scanned; readonly never: ReadonlySet<string> },
): void {
  const stays = (scanned: Scanned): string =>
    JSON.stringify(findingsOf(scanned).filter((finding) => isOfFile(finding) && (never.has(finding.ruleId) || isFact(finding.category))));
  context.check(name, after.ok && stays(after) === stays(before), {
    did,
    expected: `all that is no judgement, and what was found by rules that are not suppressible, of: ${describe(before)}`,
    got: describeSuppressed(after),
  });
}

function isFact(category: Category): boolean {
  return !JUDGEMENTS.includes(category);
}

async function scanTwice(
  context: CaseContext,
  instance: OpenInstance,
  id: string | SkillFixture,
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
