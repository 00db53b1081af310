import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { OLDEST_NODE, nodeProblem } from "./oldest-node.ts";

test("the oldest Node is the one of the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { engines: { node: string } };
  expect(`>=${OLDEST_NODE.join(".")}`).toBe(manifest.engines.node);
});

test.each(["20.20.2", "21.99.0", "22.21.1"])("%s is too old, and the message says what to do", (running) => {
  expect(nodeProblem("demo", running)).toBe(
    `demo needs Node 22.22 or later, and this is ${running}. Install a newer Node and run it again.\n`,
  );
});

test.each(["22.22.0", "22.100.0", "24.0.0", "26.10.0"])("%s is not", (running) => {
  expect(nodeProblem("demo", running)).toBeUndefined();
});
