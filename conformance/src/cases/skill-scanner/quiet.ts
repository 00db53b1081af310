import { skillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { benignOf } from "./fixture-case.ts";
import { describe, isAllowed, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";
import { ROW_OF_TEXT_FAMILY } from "./text-families.ts";

/** The benign skills of the families about texts. A scanner that finds nothing is not asked: it is quiet for another reason. */
export const quietCases: readonly CaseDefinition[] = [...Object.keys(ROW_OF_TEXT_FAMILY), "context"].map((family) => {
  const benign = benignOf(family);
  return defineCase({
    id: `SCAN-049/${family}`,
    requirement: "SCAN-049",
    title: `scans ${benign.length} harmless skills that talk about ${family}: ${benign.join(", ")}`,
    isolation: "shared",
    requires: [...new Set(benign.flatMap((id) => skillFixture(id).requires))],
    expects: benign,
    run: async (context) => {
      const instance = await context.open();
      for (const id of benign) {
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        controlRead(context, skill, scanned);
        context.check(id, isAllowed(scanned), { did: didScan(skill), expected: "verdict allow", got: describe(scanned) });
      }
    },
  });
});
