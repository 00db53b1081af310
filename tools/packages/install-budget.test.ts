import { mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { budgetProblems } from "./install-budget.ts";
import { installedSize } from "./installed-size.ts";

const measured = { tarballKb: 60, installedMb: 5, own: 1, thirdParty: 1 };
const reason = "the contracts and one validator";
const budget = { demo: { ...measured, reason } };

test("a package within its budget is no problem", () => {
  expect(budgetProblems({ demo: measured }, budget)).toEqual([]);
});

test.each([
  ["tarballKb", 61, "demo: 61 kB of tarball, and 60 are allowed"],
  ["installedMb", 5.1, "demo: 5.1 MB installed, and 5 are allowed"],
  ["thirdParty", 2, "demo: 2 packages of others, and 1 are allowed; take out what came in, or raise thirdParty"],
  ["installedMb", 2.9, "lower installedMb in tools/packages/budget.json"],
] as const)("%s of %d is found", (amount, value, message) => {
  expect(budgetProblems({ demo: { ...measured, [amount]: value } }, budget)).toEqual([expect.stringContaining(message)]);
});

test("a package without an entry, and an entry without a package, are found", () => {
  expect(budgetProblems({ other: measured }, budget)).toEqual([
    expect.stringContaining("other has no entry"),
    expect.stringContaining("demo has an entry"),
  ]);
});

test("nested packages are counted, and every byte", () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-installed-"));
  const files = { "@flynn/a/x": 10, "b/x": 5, "b/node_modules/c/x": 2, ".package-lock.json": 1, ".bin/b": 1 };
  for (const [path, size] of Object.entries(files)) {
    mkdirSync(join(folder.path, path, ".."), { recursive: true });
    writeFileSync(join(folder.path, path), "x".repeat(size));
  }
  expect(installedSize(folder.path)).toEqual({ bytes: 19, own: ["@flynn/a"], others: ["b", "c"] });
});
