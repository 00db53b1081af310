import { skillFixture, skillFixtures } from "@flynn/fixtures/skills";
import type { BuiltSkill, ExpectedFinding } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlBenign } from "./benign-control.ts";
import { describe, describeWanted, hasFinding, isRefused, isWarned, scan } from "./scanning.ts";
import type { Scanned, Wanted } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** One case for each hostile fixture of a family: its benign twin is not refused, and it is. */
export function familyCases(requirement: string, family: string): readonly CaseDefinition[] {
  return hostileOf(family).map((id) => fixtureCase(requirement, id));
}

export function hostileOf(family: string): readonly string[] {
  return idsOf(family, "hostile");
}

export function benignOf(family: string): readonly string[] {
  return idsOf(family, "benign");
}

function idsOf(family: string, kind: "benign" | "hostile"): readonly string[] {
  const ids = [...skillFixtures().values()].filter((fixture) => fixture.family === family && fixture.kind === kind).map(({ id }) => id);
  if (ids.length === 0) throw new Error(`There are no ${kind} fixtures of the family ${family}`);
  return ids;
}

export function fixtureCase(requirement: string, id: string): CaseDefinition {
  const fixture = skillFixture(id);
  return defineCase({
    id: `${requirement}/${id}`,
    requirement,
    title: `scans ${techniqueOf(fixture)}`,
    isolation: "shared",
    requires: fixture.requires,
    expects: [id],
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinOf(id));
      await checkHostile(context, instance, id);
    },
  });
}

export function twinOf(id: string): string {
  const { twin } = skillFixture(id);
  if (twin === null) throw new Error(`${id} is benign, so it has no twin`);
  return twin;
}

/** Scans a hostile fixture, and makes the check of its name: that it is refused, or at least warned about, as its template says. */
export async function checkHostile(context: CaseContext, instance: OpenInstance, id: string): Promise<void> {
  await using skill = await buildInCase(context, id);
  checkRefused(context, skill, await scan(instance, skill.request));
}

export function checkRefused(context: CaseContext, skill: BuiltSkill, scanned: Scanned): void {
  const { verdict, complete, findings = [] } = skill.fixture.expect;
  const isEnough = verdict === "warn" ? isWarned(scanned) : isRefused(scanned);
  const wanted = findings.map((finding) => wantedIn(skill, finding));
  const isAsComplete = complete === undefined || (scanned.ok && scanned.value.complete === complete);
  const isFound = wanted.every((finding) => hasFinding(scanned, finding));
  const least = verdict === "warn" ? "verdict warn or reject" : "verdict reject";
  const expected = [least, ...(complete === undefined ? [] : [`complete ${complete}`]), ...wanted.map(describeWanted)].join(", ");
  context.check(skill.fixture.id, isEnough && isAsComplete && isFound, { did: didScan(skill), expected, got: describe(scanned) });
}

/** With the path that the entry got in this build. */
export function wantedIn(skill: BuiltSkill, { category, path }: ExpectedFinding): Wanted {
  return { category, path: path === undefined || path === "" ? path : skill.entry(path).path };
}
