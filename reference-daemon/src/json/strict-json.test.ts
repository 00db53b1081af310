import fc from "fast-check";
import { expect, test } from "vitest";

import { JsonTextError } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";
import { readStrictJson } from "./strict-json.ts";

function valueOf(node: JsonNode): unknown {
  if (node.type === "scalar") return node.value;
  if (node.type === "array") return node.elements.map(valueOf);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]));
}

function reads(text: string): boolean {
  try {
    readStrictJson(text, 100);
    return true;
  } catch (error) {
    if (error instanceof JsonTextError) return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("what JSON.parse reads is read to the same value, with any white space", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, " ", "\t", "\n  "), (text, space) => {
      const value: unknown = JSON.parse(text);
      expect(valueOf(readStrictJson(JSON.stringify(value, null, space), 100))).toEqual(value);
    }),
  );
});

test("it accepts and refuses the same texts as JSON.parse", () => {
  const piece = fc.constantFrom(
    ..."{}[],:\"\\u0041/bn tfrue1-+.eE0 \n\t\u0001'",
    "true",
    "null",
    "false",
    '"a"',
    "12",
    "-0",
    "1e5",
    "\uFEFF",
    "\\u12",
  );
  const text = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (candidate) => {
      expect(reads(candidate)).toBe(parses(candidate));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ["a comment", '{"a":1 /* b */}', 7],
  ["a line comment", '{"a":1 // b\n}', 7],
  ["a trailing comma in an object", '{"a":1,}', 7],
  ["a trailing comma in an array", "[1,]", 3],
  ["NaN", '{"a":NaN}', 5],
  ["Infinity", "[Infinity]", 1],
  ["single quotes", "{'a':1}", 1],
  ["a bare key", "{a:1}", 1],
  ["a leading zero", "[01]", 2],
  ["a leading plus", "[+1]", 1],
  ["a hexadecimal number", "[0x1]", 2],
  ["a line feed in a string", '["a\nb"]', 3],
  ["an unknown escape", '["\\x41"]', 3],
  ["an escape that is cut short", '["\\u12"]', 4],
  ["a byte order mark", "\uFEFF{}", 0],
  ["a no-break space", "{\u00A0}", 1],
  ["two values", "{} {}", 3],
  ["nothing", "", 0],
  ["an open object", '{"a":1', 6],
  ["an open string", '["a', 3],
])("%s is refused where it stands", (_, text, offset) => {
  expect(() => readStrictJson(text, 100)).toThrow(expect.objectContaining({ reason: "syntax", offset }));
});

test("depth is counted in arrays and objects, up to the most", () => {
  const nested = (depth: number): string => '{"a":'.repeat(depth - 1) + "[]" + "}".repeat(depth - 1);
  expect(() => readStrictJson(nested(32), 32)).not.toThrow();
  expect(() => readStrictJson(nested(33), 32)).toThrow(expect.objectContaining({ reason: "depth" }));
  expect(() => readStrictJson("[".repeat(1_000_000), 32)).toThrow(expect.objectContaining({ reason: "depth" }));
});

test("siblings do not add up to depth", () => {
  expect(() => readStrictJson(`[${Array.from({ length: 100 }, () => "[{}]").join(",")}]`, 3)).not.toThrow();
});

test("a key that is there twice is there twice, and no key reaches a prototype", () => {
  const node = readStrictJson('{"a":1,"\\u0061":2,"__proto__":{"polluted":true}}', 32);
  expect(node.type === "object" && node.members.map(({ key, keyOffset }) => [key, keyOffset])).toEqual([
    ["a", 1],
    ["a", 7],
    ["__proto__", 18],
  ]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
