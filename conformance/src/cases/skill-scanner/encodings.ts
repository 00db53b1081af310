import { skillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign } from "./benign-control.ts";
import { fixtureCase, hostileOf, twinOf, wantedIn } from "./fixture-case.ts";
import { describe, describeWanted, findingsOf, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

const WITH_NUL = hostileOf("encodings").filter((id) => skillFixture(id).expect.verdict === "reject");
const NOT_UTF8 = hostileOf("encodings").filter((id) => !WITH_NUL.includes(id));

export const encodingCases: readonly CaseDefinition[] = [...WITH_NUL.map((id) => fixtureCase("SCAN-018", id)), ...NOT_UTF8.map(notUtf8)];

/** A warning is enough. What verdict follows from it, SCAN-025 asks. */
function notUtf8(id: string): CaseDefinition {
  return defineCase({
    id: `SCAN-018/${id}`,
    requirement: "SCAN-018",
    title: `scans ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    expects: [id],
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinOf(id));
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const [wanted = {}] = (skill.fixture.expect.findings ?? []).map((finding) => wantedIn(skill, finding));
      const isFound = findingsOf(scanned).some(
        ({ category, path, action }) => wanted.category?.includes(category) === true && path === wanted.path && action !== "note",
      );
      const expected = `${describeWanted(wanted)} whose action is warn or reject`;
      context.check(id, isFound, { did: didScan(skill), expected, got: describe(scanned) });
    },
  });
}
