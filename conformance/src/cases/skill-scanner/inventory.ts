import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { benignOf, hostileOf } from "./fixture-case.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** That these have a finding, rows of their own ask. */
const EXPLAINED_ELSEWHERE = ["link-in-inventory", "socket-in-inventory"];

export const inventoryCases: readonly CaseDefinition[] = [...benignOf("coverage"), ...hostileOf("coverage")].map((id) =>
  defineCase({
    id: `SCAN-003/${id}`,
    requirement: "SCAN-003",
    title: `compares the inventory with the tree: ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    expects: EXPLAINED_ELSEWHERE.includes(id) ? ["every entry once"] : ["every entry once", "nothing unread without a finding"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      controlRead(context, skill, scanned);
      const wrong = miscounted(skill, scanned);
      const expected = `each of the ${skill.entries.length} entries in the inventory exactly once`;
      context.check("every entry once", scanned.ok && wrong.length === 0, {
        did: didScan(skill),
        expected,
        got: wrong.join("; ") || describe(scanned),
      });
      if (EXPLAINED_ELSEWHERE.includes(id)) return;
      const silent = unexplained(scanned);
      const explained = "a finding at the path of each entry whose disposition is not read";
      context.check("nothing unread without a finding", silent.length === 0, {
        did: didScan(skill),
        expected: explained,
        got: `none at ${silent.join(", ")}`,
      });
    },
  }),
);

function miscounted(skill: BuiltSkill, scanned: Scanned): readonly string[] {
  const inventory = scanned.ok ? scanned.value.inventory : [];
  const counts = skill.entries.map(({ path, kind }) => ({ path, kind, count: inventory.filter((entry) => entry.path === path).length }));
  return counts
    .filter(({ count }) => count !== 1)
    .map(({ path, kind, count }) => `the ${kind} ${path} is ${count === 0 ? "missing" : `there ${count} times`}`);
}

function unexplained(scanned: Scanned): readonly string[] {
  const explained = new Set(findingsOf(scanned).map(({ path }) => path));
  const inventory = scanned.ok ? scanned.value.inventory : [];
  return inventory
    .filter(({ disposition, path }) => disposition !== "read" && !explained.has(path))
    .map(({ path, disposition }) => `${path} (${disposition})`);
}
