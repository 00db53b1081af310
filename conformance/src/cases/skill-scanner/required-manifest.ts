import { skillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { checkHostile, fixtureCase, hostileOf } from "./fixture-case.ts";
import { describe, isAccepted, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

const ROUTED_WITHOUT = "routed-without-manifest";
/** That these need no manifest is this row's own matter, and no control. */
export const NOT_ROUTED = ["not-routed-without-manifest", "no-intent-without-manifest", "not-routed-without-permissions"] as const;

export const requiredManifestCases: readonly CaseDefinition[] = [
  ...hostileOf("manifest-required")
    .filter((id) => id !== ROUTED_WITHOUT)
    .map((id) => fixtureCase("SCAN-020", id)),
  ...NOT_ROUTED.map((id) =>
    defineCase({
      id: `SCAN-020/${id}`,
      requirement: "SCAN-020",
      title: `scans ${techniqueOf(skillFixture(id))}, and one that is routed`,
      isolation: "shared",
      expects: ["needs none", ROUTED_WITHOUT],
      run: async (context) => {
        const instance = await context.open();
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        context.check("needs none", isAccepted(scanned), {
          did: didScan(skill),
          expected: "a verdict other than reject",
          got: describe(scanned),
        });
        controlRead(context, skill, scanned);
        await checkHostile(context, instance, ROUTED_WITHOUT);
      },
    }),
  ),
];
