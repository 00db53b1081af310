import type { CaseContext } from "../../judge/case-context.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import { describe, isAccepted, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Scans a benign skill, which must not be refused, and whose bytes the scanner must have read in this run. */
export async function controlBenign(context: CaseContext, instance: OpenInstance, fixture: string | SkillFixture): Promise<void> {
  await using skill = await buildInCase(context, fixture);
  const scanned = await scan(instance, skill.request);
  context.control("SCAN-032", isAccepted(scanned), {
    did: didScan(skill),
    expected: "a verdict other than reject",
    got: describe(scanned),
  });
  controlRead(context, skill, scanned);
}

/** The digest of `SKILL.md`, which holds the nonce of its build, is what only a scanner that read it can know. */
export function controlRead(context: CaseContext, skill: BuiltSkill, scanned: Scanned): void {
  const { bytes, sha256 } = skill.entry("SKILL.md");
  const listed = scanned.ok ? scanned.value.inventory.find((entry) => entry.path === "SKILL.md") : undefined;
  const got = listed ? `${listed.bytes} bytes, sha256 ${String(listed.sha256)}` : "no such entry";
  const expected = `SKILL.md in the inventory with ${bytes} bytes and sha256 ${String(sha256)}`;
  context.control("SCAN-001", sha256 !== null && listed?.sha256 === sha256, { did: didScan(skill), expected, got });
}
