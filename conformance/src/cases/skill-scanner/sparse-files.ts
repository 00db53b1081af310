import { closeSync, openSync, readSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { armAccessTime, wasRead } from "./access-time.ts";
import { controlBenign } from "./benign-control.ts";
import { checkHostile, hostileOf, twinOf } from "./fixture-case.ts";
import { describe, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

const OF_A_GIBIBYTE = "sparse-gibibyte";
/** Whoever reads one of these to its end does not answer in time. */
const OF_A_TEBIBYTE = hostileOf("sparse").filter((id) => id !== OF_A_GIBIBYTE);

export const sparseFileCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-016/tebibytes",
    requirement: "SCAN-016",
    title: "scans skills in which a file of a tebibyte takes no room on the disk",
    isolation: "process",
    requires: ["sparse-files"],
    expects: OF_A_TEBIBYTE,
    run: async (context) => {
      const instance = await context.open();
      for (const twin of new Set(OF_A_TEBIBYTE.map(twinOf))) await controlBenign(context, instance, twin);
      for (const id of OF_A_TEBIBYTE) await checkHostile(context, instance, id);
    },
  }),
  defineCase({
    id: `SCAN-016/${OF_A_GIBIBYTE}`,
    requirement: "SCAN-016",
    title: "watches the access time of a file of a gibibyte",
    isolation: "shared",
    requires: ["sparse-files", "access-times"],
    negative: true,
    expects: ["refused", "not read"],
    run: async (context) => {
      senseReading(context);
      const instance = await context.open();
      await using twin = await buildInCase(context, twinOf(OF_A_GIBIBYTE));
      const notes = twin.entry("{{word:1}}.md");
      armAccessTime(notes.location);
      const read = await scan(instance, twin.request);
      const contrast = {
        did: `${didScan(twin)} and looked at the access time of ${notes.path}`,
        expected: "a newer one, because the scanner read the file",
      };
      context.contrast("SCAN-001", wasRead(notes.location), { ...contrast, got: `the old one; ${describe(read)}` });

      await using skill = await buildInCase(context, OF_A_GIBIBYTE);
      const large = skill.entry("{{word:1}}.md");
      armAccessTime(large.location);
      const scanned = await scan(instance, skill.request);
      context.barrier("the answer of the scan");
      const seen = { did: didScan(skill), got: describe(scanned) };
      context.check("refused", isRefused(scanned), { ...seen, expected: "verdict reject" });
      const got = `a newer access time of ${large.path}: something of it was read`;
      context.check("not read", !wasRead(large.location), { did: seen.did, expected: `the access time of ${large.path} unchanged`, got });
    },
  }),
];

/** The suite reads one byte of a sparse file of its own, and looks whether that shows. */
function senseReading(context: CaseContext): void {
  const file = join(context.workspace, context.random.word());
  writeFileSync(file, "");
  truncateSync(file, 2 ** 30);
  armAccessTime(file);
  const isQuiet = !wasRead(file);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, Buffer.alloc(1));
  } finally {
    closeSync(descriptor);
  }
  context.sensor("the access time of a sparse file", isQuiet && wasRead(file));
}
