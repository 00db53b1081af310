import { VirtualClock } from "@flynn/sdk/kernel";
import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { scanMany, scanWith } from "./scan-many.ts";
import type { BatchAnswer, SkillToScan } from "./skill-batch.ts";

const { info } = new ReferenceSkillScanner({ clock: new VirtualClock() });
const { signal } = new AbortController();
const MEBIBYTE = 1_048_576;

/** A result that says nothing but which skill it is of, and how large that is. */
function resultOf(root: string, bytes = 0): ScanResult {
  const entry = { path: root, kind: "file", bytes, sha256: null, disposition: "read" } as const;
  return {
    schema: "skill-scan/1",
    verdict: "allow",
    complete: true,
    treeDigest: null,
    scanner: info,
    inventory: [entry],
    findings: [],
    suppressed: [],
  };
}

function skills(count: number): SkillToScan[] {
  return Array.from({ length: count }, (_, index) => ({ root: `/${index}`, skillName: String(index) }));
}

const roots = (results: readonly ScanResult[]): (string | undefined)[] => results.map(({ inventory }) => inventory[0]?.path);

async function scannedHere(count: number, jobs: number, bytes: number): Promise<number> {
  let scanned = 0;
  const scan = async ({ root }: ScanRequest): Promise<ScanResult> => {
    scanned += 1;
    return resultOf(root, bytes);
  };
  const judging = { request: { phase: "load" }, actions: {}, installerHosts: [] } as const;
  const results = await scanMany(skills(count), { scanner: { info, scan }, judging, jobs, clock: new VirtualClock(), signal });
  expect(roots(results)).toEqual(skills(count).map(({ root }) => root));
  return scanned;
}

describe("threads are for scans that take longer than they take to start", () => {
  test.each([
    ["a skill", 1, 8, 0, 1],
    ["some hundred skills", 500, 8, 0, 500],
    ["as many as there may be without threads", 1_500, 1, 100 * MEBIBYTE, 1_500],
    ["a few that are as large as the limits allow", 3, 2, 8 * MEBIBYTE, 3],
  ])("and not for %s", async (_, count, jobs, bytes, here) => {
    expect(await scannedHere(count, jobs, bytes)).toBe(here);
  });
});

describe("batches", () => {
  test("come back in the order of the skills, whichever is done first, and no more are out than there are threads", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const pool = {
      scan: async (batch: readonly SkillToScan[]): Promise<BatchAnswer> => {
        const isLast = batch.some(({ root }) => root === "/99");
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          most = Math.max(most, waiting.length);
          // The one that came last goes first, and once nobody comes any more, so do the others.
          if (waiting.length === 3) waiting.pop()?.();
          if (isLast) for (const go of waiting.splice(0)) go();
        });
        return { results: batch.map(({ root }) => resultOf(root)), faults: [] };
      },
    };
    const scanner = { info, scan: () => Promise.reject(new Error("not asked")) };
    const results = await scanWith(pool, skills(100), { scanner, jobs: 3, signal });
    expect(roots(results)).toEqual(skills(100).map(({ root }) => root));
    expect(most).toBe(3);
  });
});
