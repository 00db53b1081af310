import fc from "fast-check";
import { expect, test } from "vitest";

import { isJson } from "./json.ts";

test("whatever JSON.parse gives is JSON", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(isJson(JSON.parse(text))).toBe(true);
    }),
  );
});

test("what is called JSON is the same after a round trip", () => {
  fc.assert(
    fc.property(
      fc.anything({ withDate: true, withBigInt: true, withSparseArray: true, withMap: true, withNullPrototype: true }),
      (value) => {
        if (isJson(value)) expect(JSON.stringify(JSON.parse(JSON.stringify(value)))).toBe(JSON.stringify(value));
      },
    ),
  );
});

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

function nested(levels: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const refused: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  "a member that is undefined": { missing: undefined },
  NaN: Number.NaN,
  infinity: [Number.POSITIVE_INFINITY],
  "a bigint": 1n,
  "a symbol": Symbol("s"),
  "a function": { call: () => {} },
  "a Date": new Date(0),
  "a Map": new Map(),
  bytes: new Uint8Array(1),
  "a hole in an array": [1, , 3], // oxlint-disable-line no-sparse-arrays -- what is shown to be refused
  "a cycle": cyclic,
  "an array 1,001 levels deep": nested(1_001),
  "an array so deep that recursion would end the process": nested(1_000_000),
};

for (const [name, value] of Object.entries(refused)) {
  test(`${name} is not JSON`, () => {
    expect(isJson(value)).toBe(false);
  });
}

test("an array 1,000 levels deep is JSON", () => {
  expect(isJson(nested(1_000))).toBe(true);
});

test("the same object in two places is no cycle", () => {
  const twice = { a: 1 };
  expect(isJson([twice, { twice }])).toBe(true);
});
