import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

const source = join(import.meta.dirname, "..");

/** Where code says by itself that a person did something. */
const SAYS_HUMAN = /origin\W{1,4}(?:[^,;\n]{0,80}\?\s*)?["'`]human["'`]/u;

test("only a surface says that a person did something", () => {
  const files = globSync("**/*.ts", { cwd: source }).filter((path) => !/\.test(-d)?\.ts$/u.test(path));
  const makers = files.filter((path) => SAYS_HUMAN.test(readFileSync(join(source, path), "utf8").replaceAll(/[!=]==? "human"/gu, "")));
  expect(files).toContain(join("elevation", "elevation-gate.ts"));
  expect(makers).toEqual([join("surfaces", "local-terminal.ts")]);
});

test.each([
  ['{ origin: "human" }', true],
  ["{ origin: 'human', }", true],
  ['{ "origin": "human" }', true],
  ['context.origin = "human"', true],
  ['origin: isTerminal ? "human" : "system"', true],
  ['context.origin !== "human"', false],
  ['z.enum(["human", "model"])', false],
])("%s", (code, isFound) => {
  expect(SAYS_HUMAN.test(code.replaceAll(/[!=]==? "human"/gu, ""))).toBe(isFound);
});
