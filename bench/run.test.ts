import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { expect, test } from "vitest";

import { barLines } from "./scanner/bar.ts";
import { median, percentile } from "./scanner/measurement.ts";

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ["--conditions=@flynn/source", join(import.meta.dirname, "run.ts"), ...args], { encoding: "utf8" });

const took = (seconds: number): Parameters<typeof median>[0][number] => ({
  seconds,
  cpuSeconds: 0,
  peakRssBytes: 0,
  files: 0,
  bytes: 0,
  p50Ms: null,
  p99Ms: null,
});

test("without a name the benchmarks are listed", () => {
  const { status, stdout } = run();
  expect({ status, lists: stdout.includes("scanner") }).toEqual({ status: 0, lists: true });
});

test.each([
  ["scaner"],
  ["toString"],
  ["scanner", "--skills", "none"],
  ["scanner", "--fast"],
  ["scanner", "--parts", "everything"],
  ["html-report", "--rounds", "0"],
  ["watch", "--rounds", "none"],
])("%s %s %s is refused with status 2", (...args) => {
  const { status, stderr } = run(...args.filter((arg) => typeof arg === "string"));
  expect(status).toBe(2);
  expect(stderr).not.toBe("");
});

test("a small run measures, names the peer that is not there, and says where it wrote", () => {
  const results = mkdtempSync(join(tmpdir(), "flynn-bench-test-"));
  const { status, stdout } = run(
    "scanner",
    "--parts",
    "trees",
    "--skills",
    "10",
    "--runs",
    "1",
    "--openclaw",
    results,
    "--results",
    results,
  );
  const written = readdirSync(results);
  rmSync(results, { recursive: true });
  expect({ status, written: written.length }).toEqual({ status: 0, written: 1 });
  expect(stdout).toMatch(/flynn +10 skills/u);
  expect(stdout).toMatch(/(?:met|MISSED) +500 files and 8 MiB/u);
  expect(stdout).toContain("openclaw: NOT RUN, there is no node_modules/openclaw in");
}, 60_000);

test("the pass in the middle is the one that counts", () => {
  expect(median([took(3), took(1), took(2)]).seconds).toBe(2);
  expect([percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99), percentile([], 0.5)]).toEqual([3, 4, 0]);
});

test("a bar is met on its own side, and says so", () => {
  const lines = barLines([
    { name: "time", measured: 3, bar: 2, unit: "s" },
    { name: "rate", measured: 300, bar: 200, unit: "MB/s", isFloor: true, note: "of the tree" },
  ]);
  expect(lines.split("\n")).toEqual(["MISSED  time  3.00 s    at most 2 s", "met     rate  300 MB/s  at least 200 MB/s  of the tree"]);
});
