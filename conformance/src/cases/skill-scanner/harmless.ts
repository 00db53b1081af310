import { skillFixture, skillFixtures } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { benignOf } from "./fixture-case.ts";
import { NOT_ROUTED } from "./required-manifest.ts";
import { describe, isAccepted, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Whether these are allowed is the question of rows of their own. */
const JUDGED_ELSEWHERE = ["path-limits", "size-limits"];
const FAMILIES = [...new Set([...skillFixtures().values()].map(({ family }) => family))].filter(
  (family) => !JUDGED_ELSEWHERE.includes(family),
);

export const harmlessCases: readonly CaseDefinition[] = FAMILIES.map((family) => {
  const benign = benignOf(family).filter((id) => !NOT_ROUTED.some((other) => other === id));
  return defineCase({
    id: `SCAN-032/${family}`,
    requirement: "SCAN-032",
    title: `scans ${benign.length} harmless skills that resemble hostile ones: ${benign.join(", ")}`,
    isolation: "shared",
    requires: [...new Set(benign.flatMap((id) => skillFixture(id).requires))],
    expects: ["none is refused"],
    run: async (context) => {
      const instance = await context.open();
      await using dangerous = await buildInCase(context, "elf-without-extension");
      const refusal = await scan(instance, dangerous.request);
      context.control("SCAN-017", isRefused(refusal), { did: didScan(dangerous), expected: "verdict reject", got: describe(refusal) });
      const refused: string[] = [];
      for (const id of benign) {
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        if (!isAccepted(scanned)) refused.push(`${didScan(skill)}: ${describe(scanned)}`);
      }
      const did = `scanned ${benign.length} harmless skills of the family ${family}`;
      context.check("none is refused", refused.length === 0, {
        did,
        expected: "a verdict other than reject for each",
        got: refused.slice(0, 4).join(" | "),
      });
    },
  });
});
