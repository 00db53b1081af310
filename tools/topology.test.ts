import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

import { expect, test } from "vitest";

import { checkArrows } from "./topology/check-arrows.ts";
import { checkContracts } from "./topology/check-contracts.ts";
import { checkExports } from "./topology/check-exports.ts";
import { checkLayout } from "./topology/check-layout.ts";
import { checkPins } from "./topology/check-pins.ts";
import { readWorkspace } from "./topology/workspace.ts";

const root = resolve(import.meta.dirname, "..");
const workspace = readWorkspace(root);

test("this workspace is read whole, so that the checks below have something to find", () => {
  expect(workspace.packages.map((pkg) => [pkg.folder, pkg.files.size > 5])).toEqual([
    ["sdk", true],
    ["fixtures", true],
    ["conformance", true],
    ["reference-daemon", true],
  ]);
});

const checks = { checkLayout, checkArrows, checkExports, checkPins, checkContracts };

for (const [name, check] of Object.entries(checks)) {
  test(`${name} finds nothing in this workspace`, () => {
    expect(check(workspace)).toEqual([]);
  });
}

test("git ignores no file that the workspace needs, so that a clone has them all", () => {
  const own = workspace.packages.flatMap(({ folder, files }) => [...files.keys()].map((path) => `${folder}/${path}`));
  // What a benchmark measured stays on the machine that measured it.
  const needed = [...own, ...workspace.otherFiles.keys()].filter((path) => !path.startsWith("bench/results/"));
  const checked = spawnSync("git", ["check-ignore", "--no-index", "--stdin"], { cwd: root, input: needed.join("\n"), encoding: "utf8" });
  // 1: none is ignored. 128: not a clone, so there is nothing to lose.
  expect([checked.stdout, [1, 128].includes(checked.status ?? 0)]).toEqual(["", true]);
});
