import { resolve } from "node:path";

import { expect, test } from "vitest";

import { checkArrows } from "./topology/check-arrows.ts";
import { checkContracts } from "./topology/check-contracts.ts";
import { checkExports } from "./topology/check-exports.ts";
import { checkLayout } from "./topology/check-layout.ts";
import { checkPins } from "./topology/check-pins.ts";
import { readWorkspace } from "./topology/workspace.ts";

const workspace = readWorkspace(resolve(import.meta.dirname, ".."));

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
