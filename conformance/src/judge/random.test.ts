import { expect, test } from "vitest";

import { Random } from "./random.ts";

/** A seed that stands in a report must show the same run with the next version of the suite too. */
test("a seed gives the values that it always gave", () => {
  const random = new Random("seed\0LEASE-001/ticket-of-the-host");
  expect(random.word()).toBe("gwxdvrkjgq");
  expect(Array.from({ length: 5 }, () => random.integer(1_000))).toEqual([643, 253, 696, 460, 912]);
  expect(random.bytes(8).toString("hex")).toBe("8d84dbd7e6b4b0a2");
  expect(random.pick(["a", "b", "c", "d"])).toBe("b");
});

test("labels and seeds are told apart", () => {
  const words = ["a\0one", "a\0two", "b\0one"].map((seed) => new Random(seed).word(20));
  expect(new Set(words).size).toBe(3);
  expect(new Random("a\0one").word(20)).toBe(words[0]);
});

test("integers lie below their bound and reach all of it", () => {
  const random = new Random("bounds");
  const seen = new Set(Array.from({ length: 1_000 }, () => random.integer(7)));
  expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a word has its length, in lower-case letters; there is nothing to pick from nothing", () => {
  expect(new Random("w").word(500)).toMatch(/^[a-z]{500}$/u);
  expect(() => new Random("w").pick([])).toThrow(RangeError);
});
