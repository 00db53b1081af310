import { createHash } from "node:crypto";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlRead } from "./benign-control.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";
import { controlSame } from "./determinism.ts";

/** Eight gibibytes of holes: seconds of work for whoever reads them all, and no room on the disk. */
const LARGE_FILES = 512;
const LARGE_FILE_BYTES = 2 ** 24;
/** A scan may have been over before the abort came; one that was not gets its turn every 50 ms, and here many times as long. */
const GRACE_MS = 1_000;

const OTHERS = 3;

/** Hashing them takes a moment, which only a scan that was over in time is worth. */
const digestOfHoles = (): string => createHash("sha256").update(Buffer.alloc(LARGE_FILE_BYTES)).digest("hex");

export const abortCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-030/aborted-before",
    requirement: "SCAN-030",
    title: "calls scan with a signal that is aborted already, and then without one",
    isolation: "shared",
    expects: ["fails with ABORTED", "answers the next", "with the result that it had before"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "mixed-clean-small");
      const alone = await scan(instance, skill.request);
      await controlSame(context, instance, skill, alone);
      const aborted = await instance.begin<ScanResult>("scan", [skill.request], { aborted: true }).answer;
      const did = `${didScan(skill)} with a signal that was aborted before`;
      context.check("fails with ABORTED", isAborted(aborted), { did, expected: "the error ABORTED", got: describe(aborted) });
      const next = await scan(instance, skill.request);
      checkNext(context, skill.request, next, String(skill.entry("SKILL.md").sha256));
      context.check("with the result that it had before", JSON.stringify(next) === JSON.stringify(alone), {
        did: `${did}, and then without`,
        expected: `the result that it had before: ${describe(alone)}`,
        got: describe(next),
        next: "Keep nothing of an aborted scan for the next one of the same folder.",
      });
    },
  }),
  midway("SCAN-030/aborted-at-once", "as soon as it had begun", () => Promise.resolve()),
  midway("SCAN-030/aborted-midway", "once another call was answered", async (instance) => {
    await instance.ask("rules");
  }),
  amongOthers(),
  ofTheSameSkill(),
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
      controlRoom(context, aborted);
      // A result in no time at all was finished before the abort came; one of a part never is.
      const isInTime = isAborted(aborted) || (isWhole(aborted) && tookMs < GRACE_MS);
      const did = `aborted the scan of ${LARGE_FILES} files of ${LARGE_FILE_BYTES} bytes ${when}`;
      context.check("fails with ABORTED", isInTime, {
        did,
        expected: `the error ABORTED, or the result of all ${LARGE_FILES} files if the scan was over`,
        got: `${describe(aborted)}, of ${listedIn(aborted)} entries, ${tookMs} ms after the abort`,
      });
      if (aborted.ok) context.note(`The scan was over ${tookMs} ms after the abort was sent, and gave a verdict.`);
      checkNext(context, skill.request, await scan(instance, skill.request), String(skill.entry("SKILL.md").sha256));
    },
  });
}

/** One of several scans is aborted, and the others are not. */
function amongOthers(): CaseDefinition {
  return defineCase({
    id: "SCAN-030/one-of-several",
    requirement: "SCAN-030",
    title: "aborts the scan of a tree of eight gibibytes while small skills are scanned that were begun before and after it",
    isolation: "process",
    requires: ["sparse-files"],
    expects: ["fails with ABORTED", "the others are answered"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "instructions-override");
      const alone = await scan(instance, skill.request);
      controlRead(context, skill, alone);
      await controlOwnAnswers(context, instance, skill.request, alone);
      const beginOthers = (): readonly Promise<Scanned>[] =>
        Array.from({ length: OTHERS }, () => instance.begin<ScanResult>("scan", [skill.request]).answer);
      const before = beginOthers();
      const large = instance.begin<ScanResult>("scan", [largeTree(context)]);
      const after = beginOthers();
      large.abort();
      const abortedAt = performance.now();
      const aborted = await large.answer;
      const tookMs = Math.round(performance.now() - abortedAt);
      controlRoom(context, aborted);
      const others = await Promise.all([...before, ...after]);
      context.check("fails with ABORTED", isAborted(aborted) || (isWhole(aborted) && tookMs < GRACE_MS), {
        did: `aborted the scan of ${LARGE_FILES} files of ${LARGE_FILE_BYTES} bytes while ${others.length} others were under way`,
        expected: `the error ABORTED, or the result of all ${LARGE_FILES} files if the scan was over`,
        got: `${describe(aborted)}, of ${listedIn(aborted)} entries, ${tookMs} ms after the abort`,
        next: "Look at the signal of the scan itself; keep none for the whole scanner.",
      });
      const stray = others.find((scanned) => JSON.stringify(scanned) !== JSON.stringify(alone));
      context.check("the others are answered", stray === undefined, {
        did: `${didScan(skill)} ${others.length} times, and aborted another scan meanwhile`,
        expected: `the result that it has alone: ${describe(alone)}`,
        got: stray ? describe(stray) : "",
        next: "An abort ends the one scan whose signal it is.",
      });
    },
  });
}

/** Whoever lets equal requests share a run must not let one caller end it for the other. */
function ofTheSameSkill(): CaseDefinition {
  return defineCase({
    id: "SCAN-030/one-of-two-of-the-same-skill",
    requirement: "SCAN-030",
    title: "scans a skill of many files twice at the same time, and aborts the one or the other",
    isolation: "shared",
    expects: ["the first aborted", "the second aborted"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "default-files");
      const alone = await scan(instance, skill.request);
      controlRead(context, skill, alone);
      await controlSame(context, instance, skill, alone);
      for (const [name, at] of [
        ["the first aborted", 0],
        ["the second aborted", 1],
      ] as const) {
        const both = [instance.begin<ScanResult>("scan", [skill.request]), instance.begin<ScanResult>("scan", [skill.request])] as const;
        both[at].abort();
        const aborted = await both[at].answer;
        const other = await both[(1 - at) as 0 | 1].answer;
        context.check(name, JSON.stringify(other) === JSON.stringify(alone), {
          did: `${didScan(skill)} twice at the same time with the same request, ${name} (${describe(aborted)})`,
          expected: `the result that it has alone for the other: ${describe(alone)}`,
          got: describe(other),
          next: "An abort ends the one scan whose signal it is, whatever is scanned.",
        });
      }
    },
  });
}

/** Whoever mixes up answers does so without an abort, too. */
async function controlOwnAnswers(context: CaseContext, instance: OpenInstance, request: ScanRequest, alone: Scanned): Promise<void> {
  const [one, broken] = [instance.begin<ScanResult>("scan", [request]), instance.begin<ScanResult>("scan", [{ ...request, root: "" }])];
  const [answer, error] = [await one.answer, await broken.answer];
  context.control("WIRE-004", JSON.stringify(answer) === JSON.stringify(alone) && !error.ok, {
    did: "began a scan and a request that is refused, at the same time",
    expected: "each answered by itself",
    got: `${describe(answer)}, and ${describe(error)}`,
  });
}

/** Nothing but a scan to the end knows what is in each file; all of them are alike. */
function isWhole(scanned: Scanned): boolean {
  if (!scanned.ok || !scanned.value.complete) return false;
  const digest = digestOfHoles();
  const read = scanned.value.inventory.filter(({ bytes, sha256 }) => bytes === LARGE_FILE_BYTES && sha256 === digest);
  return read.length === LARGE_FILES;
}

/** Whoever stops at a limit of its own is done at once, and that is another matter. */
function controlRoom(context: CaseContext, scanned: Scanned): void {
  const isStopped = scanned.ok && scanned.value.findings.some(({ category }) => category === "size");
  context.control("SCAN-015", !isStopped, {
    did: `scanned ${LARGE_FILES} files of ${LARGE_FILE_BYTES} bytes with limits that let all of them be read`,
    expected: "no finding of category size",
    got: describe(scanned),
  });
}

function listedIn(scanned: Scanned): number {
  return scanned.ok ? scanned.value.inventory.length : 0;
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
