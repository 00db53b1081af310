import { expect, test } from "vitest";

import { lastWords } from "./last-words.ts";

const frames = (count: number): string =>
  Array.from({ length: count }, (_, index) => `    at step${index} (file.js:${index}:1)`).join("\n");

test("without an error it is the last lines", () => {
  expect(lastWords("")).toBe("");
  expect(lastWords("starting\nlistening\n")).toBe("starting\nlistening");
  expect(lastWords(Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n"))).toBe(
    "line 14\nline 15\nline 16\nline 17\nline 18\nline 19",
  );
});

test("an error of Node is shown with what it says, however deep its stack", () => {
  const stderr = `started\nfile.js:3\nthrow new Error()\n^\n\nTypeError: no ticket\n${frames(30)}\n\nNode.js v24.0.0\n`;
  expect(lastWords(stderr).split("\n").slice(0, 2)).toEqual(["TypeError: no ticket", "    at step0 (file.js:0:1)"]);
  expect(lastWords(stderr).split("\n")).toHaveLength(6);
  expect(lastWords(`Error [ERR_MODULE_NOT_FOUND]: Cannot find package\n${frames(9)}`)).toMatch(
    /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find/u,
  );
});

test("an error of Python is shown with the lines before it, which say where", () => {
  const stderr = 'Traceback (most recent call last):\n  File "a.py", line 1\n    main()\n  File "a.py", line 9\n    run()\nKeyError: 7\n';
  expect(lastWords(stderr)).toBe(stderr.trim());
});

test("the last error is the one that counts", () => {
  expect(lastWords(`Error: retried\n${frames(9)}\nError: gave up\n${frames(9)}`)).toMatch(/^Error: gave up/u);
});

test("it is bounded", () => {
  expect(lastWords(`x${"y".repeat(5_000)}end`)).toMatch(/^y{997}end$/u);
  expect(lastWords(`Error: ${"y".repeat(5_000)}`)).toMatch(/^Error: y{993}$/u);
});
