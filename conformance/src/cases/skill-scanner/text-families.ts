import { skillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { checkRefused, hostileOf } from "./fixture-case.ts";
import { scan } from "./scanning.ts";
import { buildInCase, techniqueOf } from "./skill-in-case.ts";

/** The families of fixtures about what texts say, each with the row that asks for it. */
export const ROW_OF_TEXT_FAMILY = {
  secrets: "SCAN-034",
  "hidden-characters": "SCAN-036",
  "hidden-markup": "SCAN-037",
  instructions: "SCAN-038",
  encoded: "SCAN-039",
  "download-and-run": "SCAN-040",
  "remote-control": "SCAN-041",
  exfiltration: "SCAN-042",
  persistence: "SCAN-043",
  autorun: "SCAN-044",
  "dynamic-code": "SCAN-045",
} as const;

/** In this family the payload is plain, and what is around it is the question. */
const IN_A_PLACE = hostileOf("context").filter((id) => id.startsWith("context-payload-in-"));
const BESIDE_BAIT = hostileOf("context").filter((id) => !IN_A_PLACE.includes(id));

export const textFamilyCases: readonly CaseDefinition[] = [
  ...Object.entries(ROW_OF_TEXT_FAMILY).flatMap(([family, requirement]) => hostileOf(family).map((id) => textCase(requirement, id))),
  ...IN_A_PLACE.map((id) => textCase("SCAN-046", id)),
  ...BESIDE_BAIT.map((id) => textCase("SCAN-047", id)),
];

/** The benign twins are scanned in the cases of SCAN-032, which all of these rows stand on; here they would take half the time. */
function textCase(requirement: string, id: string): CaseDefinition {
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
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      controlRead(context, skill, scanned);
      checkRefused(context, skill, scanned);
    },
  });
}
