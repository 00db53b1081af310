import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Eight gibibytes of holes: seconds of work for whoever reads them all, and no room on the disk. */
const LARGE_FILES = 512;
const LARGE_FILE_BYTES = 2 ** 24;
/** A scan may have been over before the abort came; one that was not gets its turn every 50 ms, and here many times as long. */
const GRACE_MS = 1_000;

export const abortCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-030/aborted-before",
    requirement: "SCAN-030",
    title: "calls scan with a signal that is aborted already, and then without one",
    isolation: "shared",
    expects: ["fails with ABORTED", "answers the next"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "mixed-clean-small");
      const aborted = await instance.begin<ScanResult>("scan", [skill.request], { aborted: true }).answer;
      const did = `${didScan(skill)} with a signal that was aborted before`;
      context.check("fails with ABORTED", isAborted(aborted), { did, expected: "the error ABORTED", got: describe(aborted) });
      checkNext(context, skill.request, await scan(instance, skill.request), String(skill.entry("SKILL.md").sha256));
    },
  }),
  midway("SCAN-030/aborted-at-once", "as soon as it had begun", () => Promise.resolve()),
  midway("SCAN-030/aborted-midway", "once another call was answered", async (instance) => {
    await instance.ask("rules");
  }),
];

/** `begun` decides when the abort is sent. */
function midway(id: string, when: string, begun: (instance: OpenInstance) => Promise<void>): CaseDefinition {
  return defineCase({
    id,
    requirement: "SCAN-030",
    title: `aborts the scan of a tree of eight gibibytes that takes no room on the disk, ${when}`,
    isolation: "process",
    requires: ["sparse-files"],
    expects: ["fails with ABORTED", "answers the next"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "mixed-clean-small");
      const large = instance.begin<ScanResult>("scan", [largeTree(context)]);
      await begun(instance);
      large.abort();
      const abortedAt = performance.now();
      const aborted = await large.answer;
      const tookMs = Math.round(performance.now() - abortedAt);
      // A result in no time at all was finished before the abort came.
      const isInTime = isAborted(aborted) || (aborted.ok && tookMs < GRACE_MS);
      const did = `aborted the scan of ${LARGE_FILES} files of ${LARGE_FILE_BYTES} bytes ${when}`;
      context.check("fails with ABORTED", isInTime, {
        did,
        expected: "the error ABORTED",
        got: `${describe(aborted)}, ${tookMs} ms after the abort`,
      });
      if (aborted.ok) context.note(`The scan was over ${tookMs} ms after the abort was sent, and gave a verdict.`);
      checkNext(context, skill.request, await scan(instance, skill.request), String(skill.entry("SKILL.md").sha256));
    },
  });
}

function isAborted(scanned: Scanned): boolean {
  return !scanned.ok && scanned.error.code === "ABORTED";
}

function checkNext(context: CaseContext, { root }: ScanRequest, scanned: Scanned, sha256: string): void {
  const isRight = scanned.ok && scanned.value.inventory.some((entry) => entry.sha256 === sha256);
  const did = `scanned the clean skill ${root.split("/").at(-1) ?? ""} after the aborted scan`;
  context.check("answers the next", isRight, {
    did,
    expected: `a result with the sha256 ${sha256} of its SKILL.md`,
    got: describe(scanned),
  });
}

/** Limits that let all of it be read. */
function largeTree(context: CaseContext): ScanRequest {
  const root = join(context.workspace, context.random.word());
  mkdirSync(root);
  writeFileSync(join(root, "SKILL.md"), "---\nname: large\ndescription: Files without end.\n---\n");
  for (let index = 0; index < LARGE_FILES; index += 1) {
    const file = join(root, `${context.random.word()}-${index}`);
    writeFileSync(file, "");
    truncateSync(file, LARGE_FILE_BYTES);
  }
  return {
    root,
    phase: "load",
    limits: { files: 2 * LARGE_FILES, fileBytes: 2 * LARGE_FILE_BYTES, totalBytes: 2 * LARGE_FILES * LARGE_FILE_BYTES },
  };
}
