import type { HostSuppression } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, isRefused, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";
import { describeSuppressed, entryFor, saidOf, scanSuppressing } from "./suppressible.ts";

/** What every scanner finds, and what those with rules about texts may find. */
const FOUND = ["description-missing", "download-pipe-in-script"] as const;

export const withoutSuppressionCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-057/changes-nothing",
    requirement: "SCAN-057",
    title: `has the policy suppress all that is found in ${FOUND.join(" and ")}`,
    isolation: "shared",
    expects: FOUND,
    run: async (context) => {
      const instance = await context.open();
      for (const id of FOUND) {
        await using skill = await buildInCase(context, id);
        const request = { ...skill.request, skillName: context.random.word() };
        const before = await scan(instance, request);
        const got = describe(before);
        if (id === "description-missing")
          context.control("SCAN-023", isRefused(before), { did: didScan(skill), expected: "verdict reject", got });
        const entries = entriesForAll(context, before).map((entry) => ({ ...entry, skill: request.skillName }));
        const after = await scanSuppressing(instance, request, entries);
        context.check(id, after.ok && saidOf(after) === saidOf(before), {
          did: `${didScan(skill)}, with a policy that suppresses all that was found`,
          expected: `the same result as without it: ${got}`,
          got: describeSuppressed(after),
        });
      }
    },
  }),
];

/** For every rule that found something, and one that nobody has, in every file. */
function entriesForAll(context: CaseContext, before: Scanned): readonly Omit<HostSuppression, "skill">[] {
  if (!before.ok) return [];
  const rules = [...new Set(before.value.findings.map(({ ruleId }) => ruleId)), context.random.word()];
  const files = before.value.inventory.filter(({ kind }) => kind === "file");
  return files.flatMap(({ path }) => rules.map((rule) => entryFor(context, before.value, path, rule)));
}
