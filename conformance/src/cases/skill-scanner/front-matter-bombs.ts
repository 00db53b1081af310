import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign } from "./benign-control.ts";
import { checkHostile, fixtureCase, hostileOf, twinOf } from "./fixture-case.ts";

/** Those that a parser may never be done with, or that may end its process. */
const HEAVY = hostileOf("bombs").filter((id) => id.startsWith("deep-") || id === "alias-bomb");

export const frontMatterBombCases: readonly CaseDefinition[] = [
  ...hostileOf("bombs")
    .filter((id) => !HEAVY.includes(id))
    .map((id) => fixtureCase("SCAN-024", id)),
  defineCase({
    id: "SCAN-024/in-bounded-time",
    requirement: "SCAN-024",
    title: "scans front matter that expands to gigabytes, or is thousands of levels deep",
    isolation: "process",
    expects: HEAVY,
    run: async (context) => {
      const instance = await context.open();
      for (const twin of new Set(HEAVY.map(twinOf))) await controlBenign(context, instance, twin);
      for (const id of HEAVY) await checkHostile(context, instance, id);
    },
  }),
];
