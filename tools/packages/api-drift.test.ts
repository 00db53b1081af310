import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { driftOf, repair } from "./api-drift.ts";
import { publicEntries, reportName } from "./public-entries.ts";

const root = resolve(import.meta.dirname, "../..");

test("a report that is missing, changed, or of no entry is found, and then repaired", () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-api-drift-"));
  mkdirSync(join(folder.path, "sdk/api"), { recursive: true });
  writeFileSync(join(folder.path, "sdk/api/same.api.md"), "same");
  writeFileSync(join(folder.path, "sdk/api/changed.api.md"), "old");
  writeFileSync(join(folder.path, "sdk/api/gone.api.md"), "gone");
  const expected = new Map([
    ["sdk/api/same.api.md", "same"],
    ["sdk/api/changed.api.md", "new"],
    ["sdk/api/added.api.md", "added"],
  ]);
  const drift = driftOf(folder.path, ["sdk", "conformance"], expected);
  expect(drift).toEqual([
    { path: "sdk/api/changed.api.md", kind: "changed" },
    { path: "sdk/api/added.api.md", kind: "missing" },
    { path: "sdk/api/gone.api.md", kind: "stale" },
  ]);
  repair(folder.path, drift, expected);
  expect(driftOf(folder.path, ["sdk", "conformance"], expected)).toEqual([]);
});

test("every entry of the export maps has a report in the repository", () => {
  const entries = publicEntries(root);
  expect(entries.map(({ folder, subpath }) => `${folder}/${subpath}`)).toEqual(
    expect.arrayContaining(["sdk/kernel", "sdk/skill-scanner", "conformance/bind/vitest", "conformance/report"]),
  );
  for (const entry of entries) {
    const report = readFileSync(join(root, entry.folder, "api", reportName(entry)), "utf8");
    expect(report).toContain(`API Report File for "@flynn/${entry.folder}"`);
  }
});
