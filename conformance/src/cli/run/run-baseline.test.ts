import { mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { ContractReport } from "../../report/report-schema.ts";
import { RunBaseline } from "./run-baseline.ts";

const known = { contract: "toy@1", id: "TOY-001", case: "TOY-001/one", fingerprint: "f", reason: "r", issue: "i", until: "2027-01-31" };
const text = JSON.stringify({ schema: "flynn-conformance-baseline/1", seed: "s", entries: [known] });

test.each(["harness-error", "nothing-ran"] as const)("a run that came to %s leaves the baseline as it was", (verdict) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-test-"));
  const path = join(folder.path, "baseline.json");
  writeFileSync(path, text);
  const flags = {
    baseline: path,
    updateBaseline: true,
    driver: "child",
    only: [],
    capability: [],
    report: [],
    watchFolder: [],
    color: false,
  } as const;
  const run = { contract: "toy@1", verdict, rows: [], seed: "s", acceptedHostLimits: [], isFiltered: false } as unknown as ContractReport;
  const baseline = RunBaseline.of(flags, false, new Date(0));
  expect(() => baseline?.settle([run])).toThrow("was not updated: the run of toy@1 came to no verdict");
  expect(() => baseline?.settle([])).toThrow("came to no verdict");
  expect(readFileSync(path, "utf8")).toBe(text);
  const conformant = { ...run, verdict: "conformant" } as ContractReport;
  expect(baseline?.settle([conformant]).problems).toEqual([]);
  expect(readFileSync(path, "utf8")).not.toBe(text);
});
