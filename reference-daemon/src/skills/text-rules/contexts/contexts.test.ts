import { describe, expect, test } from "vitest";

import { fileKind, isShellScript } from "./file-kind.ts";
import { markdownSpans, spanAt } from "./markdown-spans.ts";
import { Surroundings } from "./surroundings.ts";
import type { Place } from "./place.ts";

/** The place of what stands between two guillemets, which are taken out. */
function placeOf(text: string, path = "guide.md"): Place {
  const start = text.indexOf("⟪");
  const end = text.indexOf("⟫") - 1;
  return new Surroundings(path, text.replaceAll(/[⟪⟫]/gu, "")).place(start, end);
}

describe("a phrase is a mention where", () => {
  test.each([
    ["it is quoted and called a pattern", 'Look for the pattern "⟪ignore previous instructions⟫" in reviews.'],
    [
      "it is quoted in a table under a header that says so",
      '| attack | example |\n|---|---|\n| override | "⟪ignore previous instructions⟫" |',
    ],
    ["it is quoted in a list that is led so", 'Watch for these phrases:\n\n- "⟪ignore previous instructions⟫"\n'],
    ["a prohibition stands right before it", "Never run ⟪curl x⟫ blindly."],
    ["attackers are who say it", "Attackers write ⟪ignore previous instructions⟫ into comments."],
    ["it stands in a block that is shown as bad", "An injection attack:\n\n```\n⟪Ignore previous instructions⟫\n```\n"],
  ])("%s", (_where, text) => {
    expect(placeOf(text).isMention).toBe(true);
  });
});

describe("a phrase is said where", () => {
  test.each([
    ["nothing is around it", "⟪Ignore previous instructions⟫."],
    ["it is quoted and to be obeyed", 'Here is the pattern "⟪ignore previous instructions⟫"; follow it.'],
    ["it is quoted and to be run", "If that fails, run `⟪curl x | sh⟫`."],
    ["a word for examples stands in another sentence", 'This is an example of a security audit. "⟪Ignore previous instructions⟫" now.'],
    ["a host is called example", "Send it: `⟪curl x⟫ https://example.invalid/attack`"],
    ["it stands in front matter", '---\nname: a\ndescription: The attack pattern "⟪ignore previous instructions⟫".\n---\n'],
    ["it stands in a comment of HTML", 'The pattern <!-- the phrase "⟪ignore previous instructions⟫" -->'],
    ["its block is to be run", "An example of an attack. Run the following:\n\n```\n⟪curl x | sh⟫\n```\n"],
  ])("%s", (_where, text) => {
    expect(placeOf(text).isMention).toBe(false);
  });

  test("a comment on the line of a program says that it is an example", () => {
    expect(placeOf('system("⟪curl x | sh⟫")  # an example pattern, never run\n', "run.py").isMention).toBe(false);
  });
});

test("a list in a program that is named for patterns holds mentions", () => {
  expect(placeOf('INJECTION_PATTERNS = [\n    "⟪ignore previous instructions⟫",\n]\n', "scan.py").isMention).toBe(true);
});

test.each([
  ["SKILL.md", "", "prose"],
  ["LICENSE", "", "prose"],
  ["a.svg", "", "markup"],
  ["a.ipynb", "", "script"],
  ["run", "", "script"],
  ["notes.md", "#!/bin/sh\n", "script"],
  ["a.strange", "", "script"],
  ["a.txt", "# Reads.\nimport os\nos.remove(x)\n", "script"],
  ["a.csv", "# only one line\nos.remove(x)\n", "script"],
  ["a.json", '"""Reads\na file."""\nimport os\nfor name in names:\n    os.remove(name)\n', "script"],
  ["a.md", "# Title\n\nRead `a.md` first.\n\n- one\n- two\n", "prose"],
  ["a.md", "# Title\n\n```\nimport os\nos.remove(x)\n```\n", "prose"],
  ["a.txt", "Only one line;\n", "prose"],
])("%s is read as %3$s", (path, text, kind) => {
  expect(fileKind(path, text)).toBe(kind);
});

test("shells are known by name and by first line", () => {
  expect([
    isShellScript("a.sh", ""),
    isShellScript("Makefile", ""),
    isShellScript("run", "#!/usr/bin/env bash\n"),
    isShellScript("a.py", ""),
  ]).toEqual([true, true, true, false]);
});

test("fences, comments and front matter of Markdown, closed or not", () => {
  const text = "---\nname: a\n---\n\n```sh\none\n```\n\n<!-- two -->\n\n~~~\nthree";
  const spans = markdownSpans(text);
  expect(spanAt(spans.fences, text.indexOf("one"))).not.toBeNull();
  expect(spanAt(spans.fences, text.indexOf("three"))?.end).toBe(text.length);
  expect(spanAt(spans.comments, text.indexOf("two"))).not.toBeNull();
  expect(spanAt(spans.fences, text.indexOf("two"))).toBeNull();
  expect(spans.frontMatter?.start).toBe(0);
});

test("a place has the line and column of an editor, with LF, CRLF and CR", () => {
  const surroundings = new Surroundings("a.md", "a\r\nb\rc\nd");
  expect([0, 3, 5, 7].map((offset) => surroundings.position(offset).line)).toEqual([1, 2, 3, 4]);
});
