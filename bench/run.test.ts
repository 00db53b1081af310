import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { expect, test } from "vitest";

import { growthExponent, median } from "./scanner/measurement.ts";

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ["--conditions=@flynn/source", join(import.meta.dirname, "run.ts"), ...args], { encoding: "utf8" });

const took = (seconds: number): Parameters<typeof growthExponent>[0] => ({ seconds, cpuSeconds: 0, peakRssBytes: 0, files: 0, bytes: 0 });

test("without a name the benchmarks are listed", () => {
  const { status, stdout } = run();
  expect({ status, lists: stdout.includes("scanner") }).toEqual({ status: 0, lists: true });
});

test.each([
  ["scaner"],
  ["toString"],
  ["scanner", "--skills", "none"],
  ["scanner", "--fast"],
  ["html-report", "--rounds", "0"],
  ["watch", "--rounds", "none"],
])("%s %s %s is refused with status 2", (...args) => {
  const { status, stderr } = run(...args.filter((arg) => typeof arg === "string"));
  expect(status).toBe(2);
  expect(stderr).not.toBe("");
});

test("a small run measures, names the peer that is not there, and says where it wrote", () => {
  const results = mkdtempSync(join(tmpdir(), "flynn-bench-test-"));
  const { status, stdout } = run("scanner", "--skills", "10", "--runs", "1", "--openclaw", results, "--results", results);
  const written = readdirSync(results);
  rmSync(results, { recursive: true });
  expect({ status, written: written.length }).toEqual({ status: 0, written: 1 });
  expect(stdout).toMatch(/flynn +10 skills/u);
  expect(stdout).toContain("openclaw: NOT RUN, there is no node_modules/openclaw in");
}, 60_000);

test("the pass in the middle is the one that counts, and growth is an exponent", () => {
  expect(median([took(3), took(1), took(2)]).seconds).toBe(2);
  expect(growthExponent(took(1), took(2))).toBe(1);
  expect(growthExponent(took(1), took(4))).toBe(2);
});
