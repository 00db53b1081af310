import { escapePath } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";
import fc from "fast-check";

import { compareBytes } from "../skills/byte-order.ts";
import { EVIDENCE_LIMIT, printable } from "./printable.ts";
import { positionAt } from "../skills/text-position.ts";
import { verdictOf } from "../skills/verdict.ts";

test("every character that the path escape hides is hidden, but for the backslash", () => {
  // The planes from 3 to 13 hold no such character, and those from 15 on nothing else.
  const codePoints = [...range(0, 0x30000), ...range(0xe0000, 0xf0100), ...range(0x10ff00, 0x110000)];
  for (const codePoint of codePoints) {
    const character = String.fromCodePoint(codePoint);
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    const isHidden = isSurrogate || (character !== "\\" && escapePath(Buffer.from(character)) !== character);
    if (isHidden && printable(character) === character) throw new Error(`U+${codePoint.toString(16)} is printed as it is`);
  }
  expect(printable("a\\b ü 日本 👍")).toBe("a\\b ü 日本 👍");
});

test("what is printed is one line within the limit, without half a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const printed = printable(text);
      expect(printed.length).toBeLessThanOrEqual(EVIDENCE_LIMIT);
      expect(printed).not.toMatch(/[\n\r\u2028\u2029]/u);
      expect(printed.isWellFormed()).toBe(true);
    }),
  );
});

test("a text of exactly the limit is not cut", () => {
  expect(printable("x".repeat(EVIDENCE_LIMIT))).toHaveLength(EVIDENCE_LIMIT);
  expect(printable("x".repeat(EVIDENCE_LIMIT + 1))).toBe(`${"x".repeat(EVIDENCE_LIMIT - 1)}…`);
});

test("strings are ordered as their UTF-8 bytes are", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 6 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareBytes("\uFFFD", "\u{10000}")).toBeLessThan(0);
});

test("a position counts lines as editors do and columns in UTF-16 code units", () => {
  const text = "ab\ncd\r\nef\rgh\n👍x";
  expect(positionAt(text, 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt(text, text.indexOf("d"))).toEqual({ line: 2, column: 2 });
  expect(positionAt(text, text.indexOf("e"))).toEqual({ line: 3, column: 1 });
  expect(positionAt(text, text.indexOf("h"))).toEqual({ line: 4, column: 2 });
  expect(positionAt(text, text.indexOf("x"))).toEqual({ line: 5, column: 3 });
});

test("the verdict follows from completeness and actions, and from nothing else", () => {
  expect(verdictOf(true, [])).toBe("allow");
  expect(verdictOf(true, [{ action: "note" }])).toBe("allow");
  expect(verdictOf(true, [{ action: "note" }, { action: "warn" }])).toBe("warn");
  expect(verdictOf(true, [{ action: "warn" }, { action: "reject" }])).toBe("reject");
  expect(verdictOf(false, [])).toBe("reject");
});

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
