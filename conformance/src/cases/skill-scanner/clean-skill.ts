import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

export const cleanSkillCases: readonly CaseDefinition[] = ["clean-minimal", "clean-with-references", "clean-many-notes"].map((id) =>
  defineCase({
    id: `SCAN-001/${id}`,
    requirement: "SCAN-001",
    title: `scans ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    expects: ["allowed", "complete", "every file with its digest"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const seen = { did: didScan(skill), got: describe(scanned) };
      context.check("allowed", scanned.ok && scanned.value.verdict === "allow", { ...seen, expected: "verdict allow" });
      context.check("complete", scanned.ok && scanned.value.complete, { ...seen, expected: "complete true" });
      const wrong = wrongFiles(skill, scanned);
      const expected = "each file in the inventory with the size and the sha256 of its bytes";
      context.check("every file with its digest", wrong.length === 0, { did: seen.did, expected, got: wrong.join("; ") });
    },
  }),
);

function wrongFiles(skill: BuiltSkill, scanned: Scanned): readonly string[] {
  const inventory = scanned.ok ? scanned.value.inventory : [];
  return skill.entries
    .filter(({ kind }) => kind === "file")
    .flatMap(({ path, bytes, sha256 }) => {
      const listed = inventory.find((entry) => entry.path === path);
      if (!listed) return [`${path} is not listed`];
      if (listed.kind === "file" && listed.bytes === bytes && listed.sha256 === sha256) return [];
      return [
        `${path} is a ${listed.kind} of ${listed.bytes} bytes with sha256 ${String(listed.sha256)}, and not ${bytes} bytes with ${String(sha256)}`,
      ];
    });
}
