import { expect, test } from "vitest";

import { shortened, steadyOutput } from "./steady-output.ts";

test("what differs from run to run is replaced, and nothing else", () => {
  const output = [
    "",
    "skill-scanner@1 (/tmp/walk-x1/my-scanner/scanner.mts, seed 1)   ",
    "ok    says hello      10.15 s my-scanner 0.1.0",
    "ok    answers scan    0.15 s  ",
    "got   ENOENT, open '/dev/shm/flynn-case-d7lrm1/a/b.md'",
    "added 7 packages in 812ms",
    "not conformant · core · 2026-11-27",
    "",
  ].join("\n");
  expect(steadyOutput(output, "/tmp/walk-x1")).toBe(
    [
      "skill-scanner@1 (/…/my-scanner/scanner.mts, seed 1)",
      "ok    says hello      … s  my-scanner 0.1.0",
      "ok    answers scan    … s",
      "got   ENOENT, open '/…/flynn-case-…/a/b.md'",
      "added … packages in … s",
      "not conformant · core · YYYY-MM-DD",
    ].join("\n"),
  );
});

test("lines are left out of the middle only where that makes it shorter", () => {
  expect(shortened("a\nb\nc\nd", { first: 1, last: 1 })).toBe("a\n…\nd");
  expect(shortened("a\nb\nc", { first: 1, last: 1 })).toBe("a\nb\nc");
  expect(shortened("a\nb\nc", { first: 1 })).toBe("a\n…");
});
