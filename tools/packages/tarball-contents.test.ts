import { expect, test } from "vitest";

import { problemsWith } from "./tarball-contents.ts";

const SOUND = [
  "LICENSE",
  "README.md",
  "package.json",
  "dist/demo/index.js",
  "dist/demo/index.d.ts",
  "skills/x/payload.ts",
  "scaffolds/typescript/demo.ts",
];

const problems = (...more: readonly string[]): string[] =>
  problemsWith(
    [...SOUND, ...more].map((file) => `package/${file}`),
    "dist",
    "src",
    (path) => path === "src/demo/index.ts",
  );

test("a package with its licence, its page and what is built from its sources is sound", () => {
  expect(problems()).toEqual([]);
});

test.each([
  ["dist/old.js", "dist/old.js is built from no source (any more)"],
  ["dist/demo/index.js.map", "is not for the users"],
  ["src/demo/index.ts", "is not for the users"],
  ["test/demo.test.js", "is not for the users"],
])("%s is found", (file, message) => {
  expect(problems(file)).toEqual([expect.stringContaining(message)]);
});

test("a missing licence and a missing page are found", () => {
  expect(problemsWith(["package/package.json"], "dist", ".", () => true)).toEqual([
    expect.stringContaining("LICENSE is missing"),
    expect.stringContaining("README.md is missing"),
  ]);
});
