import { pathToFileURL } from "node:url";

import { SystemClock, VirtualClock } from "@flynn/sdk/kernel";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { TemporaryTree, manySkills } from "../../../test/temporary-tree.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { scanWith } from "./scan-many.ts";
import { ScanPool } from "./scan-pool.ts";
import type { Judging, SkillToScan } from "./skill-batch.ts";

const judging: Judging = { request: { phase: "install" }, actions: {}, installerHosts: [] };
const scanner = new ReferenceSkillScanner({ clock: new VirtualClock() });
const { signal } = new AbortController();
const IN_TIME = 30_000;

let tree: TemporaryTree;

beforeEach(() => {
  tree = new TemporaryTree();
});

afterEach(() => tree[Symbol.dispose]());

function skillsIn(count: number): SkillToScan[] {
  for (const [path, content] of Object.entries(manySkills(count))) tree.write(path, content);
  return Array.from({ length: count }, (_, index) => ({ root: tree.path(`skill-${index}`), skillName: `skill-${index}` }));
}

function poolOf(code: string, options: Partial<ConstructorParameters<typeof ScanPool>[0]> = {}): ScanPool {
  tree.write("worker.mjs", code);
  const worker = pathToFileURL(tree.path("worker.mjs"));
  return new ScanPool({ jobs: 1, judging, clock: new VirtualClock(), signal, worker, ...options });
}

test("results are those of one scanner, in the order of the skills", { timeout: IN_TIME }, async () => {
  const skills = skillsIn(40);
  const alone = [];
  for (const skill of skills) alone.push(await scanner.scan({ ...judging.request, ...skill }));
  await using pool = new ScanPool({ jobs: 2, judging, clock: new SystemClock(), signal });
  const counts: number[] = [];
  const together = await scanWith(pool, skills, { scanner, jobs: 2, signal, onScanned: (count) => counts.push(count) });
  expect(together).toEqual(alone);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(counts.length).toBeLessThan(40);
});

describe("a thread that fails", () => {
  test.each([
    ["throws", 'export function scanBatch() { throw new Error("broken"); }'],
    ["ends by itself", "export function scanBatch() { process.exit(0); }"],
    [
      "fails outside of the call",
      'export function scanBatch() { setImmediate(() => { throw new Error("broken"); }); return new Promise(() => {}); }',
    ],
    ["cannot start", 'throw new Error("broken");'],
    ["answers with too little", "export function scanBatch() { return { results: [], faults: [] }; }"],
  ])(
    "because it %s leaves a rejection for each skill that it held, and no call without an answer",
    { timeout: IN_TIME },
    async (_, code) => {
      const skills = skillsIn(3);
      const faults: string[] = [];
      await using pool = poolOf(code);
      const results = await scanWith(pool, skills, { scanner, jobs: 1, signal, onFault: (fault) => faults.push(fault) });
      expect(results.map(({ verdict, complete, findings }) => [verdict, complete, findings.map(({ ruleId }) => ruleId)])).toEqual(
        Array.from({ length: 3 }, () => ["reject", false, ["INT-ERROR"]]),
      );
      expect(results.map((result) => result.scanner)).toEqual(Array.from({ length: 3 }, () => scanner.info));
    },
  );

  test("is replaced: the next batch gets a new one", { timeout: IN_TIME }, async () => {
    const code =
      'export function scanBatch({ skills }) { if (skills[0].skillName === "skill-0") process.exit(1); return { results: [], faults: ["alive"] }; }';
    await using pool = poolOf(code);
    const [first, second] = skillsIn(2);
    await expect(pool.scan(first ? [first] : [], 0)).rejects.toThrow("The thread ended by itself");
    expect(await pool.scan(second ? [second] : [], 0)).toEqual({ results: [], faults: ["alive"] });
  });

  test("because it hangs is ended once it has done no skill for long", { timeout: IN_TIME }, async () => {
    const clock = new VirtualClock();
    const code = `import { workerData } from "node:worker_threads";
export function scanBatch({ lane }) { Atomics.add(workerData[1].pulse, lane, 1); for (;;); }`;
    await using pool = poolOf(code, { clock });
    const answer = pool.scan(skillsIn(1), 0);
    const outcome = answer.then(
      () => "answered",
      () => "ended",
    );
    while (pool.done(0) === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.set({ mono: 60_000, boot: 0, wall: 0 });
    expect(await Promise.race([outcome, Promise.resolve("still running")])).toBe("still running");
    clock.set({ mono: 120_000, boot: 0, wall: 0 });
    expect(await outcome).toBe("ended");
  });
});

test("an abort ends what runs at once", { timeout: IN_TIME }, async () => {
  const abort = new AbortController();
  await using pool = poolOf("export function scanBatch() { for (;;); }", { signal: abort.signal, jobs: 2 });
  const all = scanWith(pool, skillsIn(10), { scanner, jobs: 2, signal: abort.signal });
  abort.abort();
  await expect(all).rejects.toMatchObject({ code: "ABORTED" });
});
