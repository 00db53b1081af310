import { appendFileSync, chmodSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";
import { changesBetween, snapshotTree } from "./tree-snapshot.ts";

/** Clean ones, and those that a helpful scanner might want to repair, rename or put away. */
const WATCHED = [
  "mixed-clean",
  "many-dangers",
  "quiet-python-project",
  "tripwires-in-python",
  "latin1-text",
  "read-only-file",
  "elf-called-markdown",
] as const;

export const untouchedTreeCases: readonly CaseDefinition[] = WATCHED.map((id) =>
  defineCase({
    id: `SCAN-029/${id}`,
    requirement: "SCAN-029",
    title: `compares the folder before and after the scan: ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    negative: true,
    expects: ["untouched"],
    run: async (context) => {
      await senseChanges(context);
      const instance = await context.open();
      await using skill = await buildInCase(context, id, { values: { sentinel: join(context.workspace, "mark") } });
      makeExecutable(skill);
      const before = snapshotTree(skill.root);
      const scanned = await scan(instance, skill.request);
      const { sha256 } = skill.entry("SKILL.md");
      const isRead = scanned.ok && scanned.value.inventory.some((entry) => entry.sha256 === sha256);
      context.contrast("SCAN-001", isRead, {
        did: didScan(skill),
        expected: "the sha256 of SKILL.md in the inventory",
        got: isRead ? "it is there" : describe(scanned),
      });
      await instance.close();
      context.barrier("the answer of the scan, and the end of the instance");
      const changes = changesBetween(before, snapshotTree(skill.root));
      context.check("untouched", changes.length === 0, {
        did: didScan(skill),
        expected: "no entry added, removed, changed or renamed",
        got: changes.join(", "),
      });
    },
  }),
);

/** Every second file, so that scanners have something to take away and something to add. */
function makeExecutable(skill: BuiltSkill): void {
  const files = skill.entries.filter(({ kind }) => kind === "file");
  for (const { location } of files.filter((_, index) => index % 2 === 0)) chmodSync(location, statSync(location).mode | 0o111);
}

/** The suite changes a skill of its own in four ways, and looks whether the comparison sees each of them. */
async function senseChanges(context: CaseContext): Promise<void> {
  const changes = [
    (root: string) => writeFileSync(join(root, "new"), ""),
    (root: string) => appendFileSync(join(root, "SKILL.md"), "x"),
    (root: string) => chmodSync(join(root, "SKILL.md"), 0o600),
    (root: string) => rmSync(join(root, "b.md")),
  ];
  await using skill = await buildInCase(context, "mixed-clean-small");
  const seen = changes.map((change) => {
    const before = snapshotTree(skill.root);
    change(skill.root);
    return changesBetween(before, snapshotTree(skill.root)).length > 0;
  });
  context.sensor("the names, kinds, modes, times and bytes of the folder", seen.every(Boolean));
}
