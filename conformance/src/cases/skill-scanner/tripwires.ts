import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { hostileOf } from "./fixture-case.ts";
import { describe, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

const TRIPWIRES = hostileOf("tripwires");

export const tripwireCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-028/tripwires",
    requirement: "SCAN-028",
    title: "scans skills whose scripts, settings and archives leave a mark when they are run, imported or unpacked",
    isolation: "process",
    negative: true,
    expects: TRIPWIRES,
    run: async (context) => {
      senseMark(context, await buildInCase(context, "tripwires-in-javascript", marking(context, "sensor")));
      const instance = await context.open();
      await contrastRead(context, instance);
      const skills: BuiltSkill[] = [];
      for (const id of TRIPWIRES) {
        const skill = await buildInCase(context, id, marking(context, id));
        skills.push(skill);
        await scan(instance, skill.request);
      }
      // What was only started by a scan may still be on its way, and ends with the instance.
      await instance.close();
      context.barrier("the answers of all scans, and the end of the instance");
      for (const skill of skills) {
        const { id } = skill.fixture;
        const marks = [
          existsSync(markOf(context, id)) ? "the mark that the scripts leave" : "",
          climbed(skill) ? "an unpacked file outside of the skill" : "",
        ].filter(Boolean);
        context.check(id, marks.length === 0, {
          did: `scanned ${techniqueOf(skillFixture(id))}`,
          expected: "nothing run, imported or unpacked",
          got: marks.join(" and "),
        });
      }
    },
  }),
];

function marking(context: CaseContext, name: string): { readonly values: { readonly sentinel: string } } {
  return { values: { sentinel: markOf(context, name) } };
}

function markOf(context: CaseContext, name: string): string {
  return join(context.workspace, `mark-${name}`);
}

/** The suite runs one of the scripts itself, in a copy of its own. */
function senseMark(context: CaseContext, skill: BuiltSkill): void {
  const wasQuiet = !existsSync(markOf(context, "sensor"));
  execFileSync(process.execPath, [skill.entry("index.js").location.toString("utf8")], { stdio: "ignore" });
  context.sensor("the mark that a script of the skill leaves", wasQuiet && existsSync(markOf(context, "sensor")));
}

/** A script without a tripwire is read, and so would one with a tripwire have been found. */
async function contrastRead(context: CaseContext, instance: Parameters<typeof scan>[0]): Promise<void> {
  await using skill = await buildInCase(context, "quiet-python-project");
  const scanned = await scan(instance, skill.request);
  const { path, sha256 } = skill.entry("reader.py");
  const isRead = scanned.ok && scanned.value.inventory.some((entry) => entry.sha256 === sha256);
  context.contrast("SCAN-001", isRead, {
    did: didScan(skill),
    expected: `the sha256 of ${path} in the inventory`,
    got: isRead ? "it is there" : describe(scanned),
  });
}

/** Where the archive that climbs would land, from the skill and from a folder in it. */
function climbed(skill: BuiltSkill): boolean {
  return ["..", "../..", "../../.."].some((up) => existsSync(join(skill.root, up, `${skill.nonce}.txt`)));
}
