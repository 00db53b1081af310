import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { libraryProblems } from "./check-frontmatter.ts";
import { isPlainMapping } from "./plain-mapping.ts";

const NAMED = "name: a\ndescription: b\n";

describe("the short way", () => {
  test.each([
    [NAMED],
    ['name: pdf-tools\ndescription: Reads PDFs (and more); see https://docs.example.invalid/a?b=c&d, it\'s 100% "free".\n'],
    ["description: 'Says: # no comment'\nname: \"a: b\"\nversion: v1.2\n"],
    ["name: Gr\u00F6\u00DFe\ndescription: \u6587\u66F8\u3092\u8AAD\u3080\n"],
  ])("takes %j", (yaml) => {
    expect(isPlainMapping(yaml)).toBe(true);
    expect(libraryProblems(yaml)).toEqual([]);
  });

  test.each([
    ["no text", ""],
    ["no name", "description: b\n"],
    ["no description", "name: a\n"],
    ["a key that is there twice", `${NAMED}name: c\n`],
    ["a text that is none", "name: true\ndescription: b\n"],
    ["a key that is no text", `${NAMED}Null: b\n`],
    ["a number", "name: 1\ndescription: b\n"],
    ["a nested mapping", "name: a: b\ndescription: b\n"],
    ["a comment", "name: a # b\ndescription: b\n"],
    ["no text before an empty comment", "name: null #\ndescription: b\n"],
    ["an empty comment", "name: a #\ndescription: b\n"],
    ["a control character at the end", "name: a\u0001\ndescription: b\n"],
    ["half a character at the end", "name: a\uD800\ndescription: b\n"],
    ["a colon at the end", "name: a:\ndescription: b\n"],
    ["a space at the end", "name: a \ndescription: b\n"],
    ["a block text", "name: a\ndescription: |\n  b\n"],
    ["a text that goes on", "name: a\n  b\ndescription: b\n"],
    ["a list", `${NAMED}tags:\n  - x\n`],
    ["an anchor", "name: &a b\ndescription: b\n"],
    ["a tag", "name: !!str b\ndescription: b\n"],
    ["a text of spaces", 'name: "  "\ndescription: b\n'],
    ["an escape", 'name: "a\\n"\ndescription: b\n'],
    ["a quote in quotes", "name: 'it''s'\ndescription: b\n"],
    ["a tabulator", "name: a\tb\ndescription: b\n"],
    ["the other line ends", "name: a\r\ndescription: b\r\n"],
    ["a byte order mark within", "name: a\uFEFF\ndescription: b\n"],
    ["no line feed at the end", "name: a\ndescription: b"],
  ])("leaves %s to the library", (_, yaml) => {
    expect(isPlainMapping(yaml)).toBe(false);
  });

  test("takes nothing in which the library finds a problem", () => {
    const sign = fc.constantFrom(
      ..."abN-_:#'\"\\&*!|>%@`{}[],?~ =<.\t\r\u0085\u00A0\u2028\uFEFF\u00E4\u6587".split(""),
      "\n",
      ": ",
      " #",
      "true",
      "null",
      "- ",
      "---",
      "<<",
      "0",
      "\uD83D\uDE00",
      "\uD800",
    );
    const value = fc.oneof(
      fc.array(sign, { maxLength: 8 }).map((signs) => `a${signs.join("")}b`),
      fc.array(sign, { maxLength: 6 }).map((signs) => `"a${signs.join("")}"`),
      fc.array(sign, { maxLength: 6 }).map((signs) => `'a${signs.join("")}'`),
      fc.array(sign, { maxLength: 6 }).map((signs) => signs.join("")),
    );
    const key = fc.oneof(
      fc.constantFrom("version", "true", "a-b", "y", "on"),
      fc.array(sign, { minLength: 1, maxLength: 4 }).map((signs) => signs.join("")),
    );
    const lines = fc.array(fc.tuple(key, value), { maxLength: 3 });
    let plain = 0;
    fc.assert(
      fc.property(value, value, lines, (name, description, more) => {
        const all = [["name", name], ["description", description], ...more];
        const yaml = all.map(([left, right]) => `${left}: ${right}\n`).join("");
        if (!isPlainMapping(yaml)) return;
        plain += 1;
        expect(libraryProblems(yaml)).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  // Not a measurement: what is quadratic would take minutes here, and the test would run out of time.
  test.each(['"', "'", "a", "a:"])("leaves a long text that begins with %s and has no end to the library at once", (start) => {
    expect(isPlainMapping(`name: a\ndescription: ${start}${"a:b ".repeat(250_000)}\n`)).toBe(false);
  });
});
