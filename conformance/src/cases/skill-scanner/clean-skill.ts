import { createHash } from "node:crypto";
import { statSync, utimesSync, writeFileSync } from "node:fs";

import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

const CLEAN = ["clean-minimal", "clean-with-references", "clean-many-notes"] as const;

export const cleanSkillCases: readonly CaseDefinition[] = [...CLEAN.map(cleanCase), changedCase(), afterRefusalCase()];

function cleanCase(id: string): CaseDefinition {
  return defineCase({
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
  });
}

/** What a scanner remembers of a path, a size and a time may be out of date. */
function changedCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-001/changed-in-place",
    requirement: "SCAN-001",
    title: "scans a skill, changes a file of it without changing its size or its time, and scans it again",
    isolation: "shared",
    expects: ["old bytes", "new bytes"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "copied-file");
      const { path, location, sha256 } = skill.entry("{{word:1}}.md");
      const digestOf = (scanned: Scanned): string => {
        const listed = scanned.ok ? scanned.value.inventory.find((entry) => entry.path === path) : undefined;
        return listed ? `${path} with sha256 ${String(listed.sha256)}` : describe(scanned);
      };
      const first = digestOf(await scan(instance, skill.request));
      const old = `${path} with sha256 ${String(sha256)}`;
      context.check("old bytes", first === old, { did: didScan(skill), expected: old, got: first });
      const { atimeMs, mtimeMs, size } = statSync(location);
      const bytes = Buffer.alloc(size, `${context.random.word(20)}\n`);
      writeFileSync(location, bytes);
      utimesSync(location, atimeMs / 1_000, mtimeMs / 1_000);
      const second = digestOf(await scan(instance, skill.request));
      const expected = `${path} with sha256 ${createHash("sha256").update(bytes).digest("hex")}`;
      const did = `wrote other bytes into ${path}, as many as before and with the old time, and scanned the skill again`;
      context.check("new bytes", second === expected, { did, expected, got: second });
    },
  });
}

/** That a folder was refused once says nothing of it. */
function afterRefusalCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-001/after-a-refusal",
    requirement: "SCAN-001",
    title: "scans a clean skill with a limit that it is above, and then without",
    isolation: "shared",
    expects: ["allowed once it is within the limits"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-with-references");
      const refused = await scan(instance, { ...skill.request, limits: { files: 1 } });
      const scanned = await scan(instance, skill.request);
      context.check("allowed once it is within the limits", scanned.ok && scanned.value.verdict === "allow" && scanned.value.complete, {
        did: `${didScan(skill)} with a limit of one file (${describe(refused)}), and then without`,
        expected: "verdict allow, complete true",
        got: describe(scanned),
        next: "Keep nothing of a scan for the next one of the same folder.",
      });
    },
  });
}

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
