import fc from "fast-check";
import { expect, test } from "vitest";

import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./json.ts";

test("members are sorted by their UTF-16 units, at every depth, and nothing else changes", () => {
  const text = canonicalJson({ b: [1, { z: null, é: "\u2028", a: true }], "\u{1F600}": "x", "\uFB33": 2, A: -0.5 });
  expect(text).toBe('{"A":-0.5,"b":[1,{"a":true,"z":null,"é":"\u2028"}],"\u{1F600}":"x","\uFB33":2}');
});

test("the text does not depend on the order of the members, and says the same value", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).toReversed());
      const text = canonicalJson(value as Json);
      expect(canonicalJson(reversed as Json)).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
