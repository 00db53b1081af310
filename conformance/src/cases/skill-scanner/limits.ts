import { skillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlRead } from "./benign-control.ts";
import { checkRefused, hostileOf, twinOf } from "./fixture-case.ts";
import { describe, findingsOf, isAccepted, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** Where the limits say something of paths, what stands exactly at them is this row's own matter, and no control. */
export const pathLimitCases: readonly CaseDefinition[] = [
  ...hostileOf("path-limits").map((id) =>
    defineCase({
      ...about("SCAN-014", id),
      expects: ["at the limit", id],
      run: async (context) => {
        const instance = await context.open();
        await checkAtLimit(context, instance, twinOf(id));
        await using skill = await buildInCase(context, id);
        checkRefused(context, skill, await scan(instance, skill.request));
      },
    }),
  ),
  widened("SCAN-014", "depth-above-default", "depth-above-limit"),
];

export const sizeLimitCases: readonly CaseDefinition[] = [
  ...hostileOf("size-limits").map((id) =>
    defineCase({
      ...about("SCAN-015", id),
      expects: ["at the limit", "refused", "incomplete", "one finding of category size"],
      run: async (context) => {
        const instance = await context.open();
        await checkAtLimit(context, instance, twinOf(id));
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        const seen = { did: didScan(skill), got: describe(scanned) };
        context.check("refused", isRefused(scanned), { ...seen, expected: "verdict reject" });
        context.check("incomplete", scanned.ok && !scanned.value.complete, { ...seen, expected: "complete false" });
        const sizes = findingsOf(scanned).filter(({ category }) => category === "size");
        context.check("one finding of category size", sizes.length === 1, { ...seen, expected: "exactly one finding of category size" });
      },
    }),
  ),
  widened("SCAN-015", "wider-file-bytes", "file-bytes-above-limit"),
  widened("SCAN-015", "wider-files", "files-above-limit"),
];

/** The request allows more than the defaults do; another one allows less. */
function widened(requirement: string, id: string, refused: string): CaseDefinition {
  return defineCase({
    ...about(requirement, id),
    expects: ["at the limit", "refused above a tighter one"],
    run: async (context) => {
      const instance = await context.open();
      await checkAtLimit(context, instance, id);
      await using skill = await buildInCase(context, refused);
      const scanned = await scan(instance, skill.request);
      context.check("refused above a tighter one", isRefused(scanned), {
        did: didScan(skill),
        expected: "verdict reject",
        got: describe(scanned),
      });
    },
  });
}

async function checkAtLimit(context: CaseContext, instance: OpenInstance, id: string): Promise<void> {
  await using skill = await buildInCase(context, id);
  const scanned = await scan(instance, skill.request);
  context.check("at the limit", isAccepted(scanned), {
    did: didScan(skill),
    expected: "a verdict other than reject",
    got: describe(scanned),
  });
  controlRead(context, skill, scanned);
}

function about(requirement: string, id: string): Pick<CaseDefinition, "id" | "requirement" | "title" | "isolation" | "requires"> {
  const { requires } = skillFixture(id);
  return { id: `${requirement}/${id}`, requirement, title: `scans ${techniqueOf(skillFixture(id))}`, isolation: "shared", requires };
}
