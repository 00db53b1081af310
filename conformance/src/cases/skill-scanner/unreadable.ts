import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign } from "./benign-control.ts";
import { checkHostile, hostileOf, twinOf } from "./fixture-case.ts";

const UNREADABLE = hostileOf("unreadable");

/** One process for all of them: it runs without the right to read what file permissions forbid. */
export const unreadableCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-010/without-permission",
    requirement: "SCAN-010",
    title: "scans skills whose files and folders may not be read, listed or entered",
    isolation: "process",
    requires: ["permissions"],
    expects: UNREADABLE,
    run: async (context) => {
      const instance = await context.open({ unprivileged: true });
      for (const twin of new Set(UNREADABLE.map(twinOf))) await controlBenign(context, instance, twin);
      for (const id of UNREADABLE) await checkHostile(context, instance, id);
    },
  }),
];
