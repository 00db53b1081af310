import fc from "fast-check";
import { expect, test } from "vitest";

import { escapePath, unescapePath } from "./path-escape.ts";

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");

test("every sequence of bytes comes back as it was", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(Buffer.from(unescapePath(escapePath(bytes)))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 1000 },
  );
});

test("text of any script comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const wellFormed = text.toWellFormed();
      expect(Buffer.from(unescapePath(escapePath(utf8(wellFormed)))).toString("utf8")).toBe(wellFormed);
    }),
    { numRuns: 300 },
  );
});

test("two names have the same escape only if they have the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), (a, b) => {
      expect(escapePath(a) === escapePath(b)).toBe(Buffer.compare(a, b) === 0);
    }),
  );
});

test("an escaped path is a well-formed string without controls", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const escaped = escapePath(bytes);
      expect(escaped.isWellFormed()).toBe(true);
      expect(escaped).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
    { numRuns: 300 },
  );
});

/** Each line is a name and what the rule in `docs/spec/skill-scanner.md` makes of it, worked out by hand. */
const golden: readonly (readonly [string, Uint8Array, string])[] = [
  ["plain names stay", utf8("docs/read me.md"), "docs/read me.md"],
  ["other scripts stay", utf8("日本/Ünïcode-😀.md"), "日本/Ünïcode-😀.md"],
  ["the backslash is escaped, so that no name can look like an escape", utf8("a\\x41"), "a\\x5cx41"],
  ["a line feed is escaped", utf8("a\nb"), "a\\x0ab"],
  ["DEL is escaped", utf8("\u007f"), "\\x7f"],
  ["a C1 control is escaped byte by byte", utf8("\u0085"), "\\xc2\\x85"],
  ["a zero-width space is escaped", utf8("a\u200bb"), "a\\xe2\\x80\\x8bb"],
  ["a right-to-left override is escaped", utf8("\u202egpj.exe"), "\\xe2\\x80\\xaegpj.exe"],
  ["a leading byte order mark is escaped", utf8("\ufeffa"), "\\xef\\xbb\\xbfa"],
  ["a variation selector is escaped", utf8("a\ufe0f"), "a\\xef\\xb8\\x8f"],
  ["a tag character is escaped", utf8("\u{e0041}"), "\\xf3\\xa0\\x81\\x81"],
  ["a no-break space stays", utf8("a\u00a0b"), "a\u00a0b"],
  ["the replacement character itself stays", utf8("a\ufffdb"), "a\ufffdb"],
  ["a stray byte is escaped", Buffer.from([0x61, 0xff, 0x62]), "a\\xffb"],
  ["a sequence that is cut short is escaped, what follows stays", Buffer.from([0xe2, 0x82, 0x41]), "\\xe2\\x82A"],
  ["an overlong form is escaped", Buffer.from([0xc0, 0xaf]), "\\xc0\\xaf"],
  ["a surrogate is escaped", Buffer.from([0xed, 0xa0, 0x80]), "\\xed\\xa0\\x80"],
  ["beyond U+10FFFF is escaped", Buffer.from([0xf4, 0x90, 0x80, 0x80]), "\\xf4\\x90\\x80\\x80"],
  ["a sequence that the end cuts short is escaped", Buffer.from([0x61, 0xf0, 0x9f, 0x98]), "a\\xf0\\x9f\\x98"],
];

for (const [title, bytes, expected] of golden) {
  test(title, () => {
    expect(escapePath(bytes)).toBe(expected);
    expect(Buffer.from(unescapePath(expected))).toEqual(Buffer.from(bytes));
  });
}
