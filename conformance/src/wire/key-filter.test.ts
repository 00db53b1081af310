import { describe, expect, test } from "vitest";

import { KeyFilter } from "./key-filter.ts";

function places(keys: readonly string[], text: string, from = 0): readonly number[] {
  const filter = new KeyFilter(6);
  for (const key of keys) filter.add(key);
  return [...filter.candidates(text, from)];
}

describe("KeyFilter", () => {
  test("names every place where a key begins, at both ends and overlapping", () => {
    expect(places(["abcdef", "cdefab"], "abcdefabcdef")).toEqual([0, 2, 6]);
    expect(places(["aaaaaa"], "aaaaaaaa")).toEqual([0, 1, 2]);
    expect(places(["käse\u{1F680}"], "a käse\u{1F680}!")).toEqual([2]);
  });

  test("begins where it is told to", () => {
    expect(places(["abcdef"], "abcdef abcdef", 1)).toEqual([7]);
    expect(places(["abcdef"], "abcdef", 1)).toEqual([]);
  });

  test("passes over nearly all of a text without keys, and names nothing without keys", () => {
    const text = Array.from({ length: 20_000 }, (_, index) => (index * 7919).toString(36)).join(" ");
    const keys = Array.from({ length: 5_000 }, (_, index) => (index * 104_729).toString(16).padStart(6, "f"));
    expect(places(keys, text).length).toBeLessThan(text.length / 50);
    expect(places([], text)).toEqual([]);
    expect(places(["abcdef"], "abc")).toEqual([]);
  });
});
