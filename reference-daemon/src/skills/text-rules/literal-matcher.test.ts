import fc from "fast-check";
import { expect, test } from "vitest";

import { LiteralMatcher } from "./literal-matcher.ts";

function foundBy(literals: readonly string[], text: string): string[] {
  const found: string[] = [];
  new LiteralMatcher(literals).find(text, (literal, end) => {
    found.push(`${literals[literal]}@${end}`);
  });
  return found.toSorted();
}

test("finds each occurrence of each literal, also where they overlap", () => {
  expect(foundBy(["he", "she", "hers"], "ushers")).toEqual(["he@4", "hers@6", "she@4"]);
});

test("folds ASCII letters, and no others", () => {
  expect(foundBy(["curl", "ä"], "cURL Ä ä")).toEqual(["curl@4", "ä@8"]);
});

test("takes literals of any script and of single units", () => {
  expect(foundBy(["忽略", "\u200B"], "请忽略\u200B")).toEqual(["\u200B@4", "忽略@3"]);
});

test("tells those in ASCII first, and a longer one before a shorter one that ends where it does", () => {
  const literals = ["é", "b", "ab", "éab"];
  const found: string[] = [];
  new LiteralMatcher(literals).find("éab", (literal) => {
    found.push(literals[literal] ?? "");
  });
  expect(found).toEqual(["ab", "b", "é", "éab"]);
});

test.each([
  ["an empty literal", ""],
  ["a capital", "Curl"],
])("refuses %s", (_what, literal) => {
  expect(() => new LiteralMatcher([literal])).toThrow(RangeError);
});

test("agrees with a search for one literal after the other", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "-", "é", "忽"), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(letters, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: fc.constantFrom("a", "B", "b", "c", "-", "\n", "é", "忽") }),
      (literals, text) => {
        const expected = literals.flatMap((literal) =>
          Array.from({ length: text.length }, (_, start) => start)
            .filter((start) => text.toLowerCase().startsWith(literal, start))
            .map((start) => `${literal}@${start + literal.length}`),
        );
        expect(foundBy(literals, text)).toEqual(expected.toSorted());
      },
    ),
  );
});
