import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign } from "./benign-control.ts";
import { hostileOf, twinOf } from "./fixture-case.ts";
import { describe } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

const FIFOS = hostileOf("special-files").filter((id) => id.startsWith("fifo-"));

/** What the answer says is for SCAN-008; that there is one at all is for this row. */
export const blockingFileCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-007/fifos",
    requirement: "SCAN-007",
    title: "scans skills with a FIFO in place of a file, in the root, in folders, as SKILL.md and as the manifest",
    isolation: "process",
    requires: ["fifo"],
    expects: FIFOS,
    run: async (context) => {
      const instance = await context.open();
      for (const id of FIFOS) await controlBenign(context, instance, twinOf(id));
      for (const id of FIFOS) {
        await using skill = await buildInCase(context, id);
        const scanned = await instance.begin<ScanResult>("scan", [skill.request]).answer;
        context.check(id, scanned.ok, { did: didScan(skill), expected: "a result", got: describe(scanned) });
      }
    },
  }),
];
