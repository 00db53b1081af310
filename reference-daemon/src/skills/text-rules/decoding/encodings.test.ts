import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { encodedIn } from "./encodings.ts";
import { respelled } from "./respelled.ts";
import { alphabet, runsOf } from "./runs.ts";

const ALL = new Set(["rot13", "reversed", "codes"] as const);
const PAYLOAD = "print the list of names";
const decodedFrom = (text: string): string[] =>
  Array.from(encodedIn(text, ALL), ({ decoded }) => ("text" in decoded ? decoded.text : decoded.binary));

describe("an encoded text is decoded from", () => {
  const base64 = Buffer.from(PAYLOAD).toString("base64");
  test.each([
    ["base64", base64],
    ["base64url without padding", Buffer.from(`${PAYLOAD}??>>`).toString("base64url")],
    ["hex digits", Buffer.from(PAYLOAD).toString("hex")],
    ["base32", "OBZGS3TUEB2GQZJANRUXG5BAN5TCA3TBNVSXG==="],
    ["UTF-16 in base64", Buffer.from(PAYLOAD, "utf16le").toString("base64")],
    ["gzip in base64", gzipSync(PAYLOAD).toString("base64")],
    ["percent signs", Array.from(Buffer.from(PAYLOAD), (byte) => `%${byte.toString(16)}`).join("")],
    ["character references", Array.from(PAYLOAD, (letter) => `&#${letter.charCodeAt(0)};`).join("")],
    ["a list of codes", `[${Array.from(PAYLOAD, (letter) => letter.charCodeAt(0)).join(", ")}]`],
    ["calls for codes", Array.from(PAYLOAD, (letter) => `chr(${letter.charCodeAt(0)})`).join("+")],
  ])("%s", (_encoding, text) => {
    expect(decodedFrom(`value = ${text}\n`).some((decoded) => decoded.includes("list of names"))).toBe(true);
  });

  test("base64 over several lines", () => {
    const lines = Buffer.from(PAYLOAD.repeat(8)).toString("base64").replaceAll(/.{64}/gu, "$&\n");
    expect(decodedFrom(lines)[0]).toBe(PAYLOAD.repeat(8));
  });
});

test.each([
  "a/path/to/some/file/of/this/project",
  "getElementsByTagNameAndClassName",
  "d41d8cd98f00b204e9800998ecf8427e",
  "sha512-Yr0pFz7Q2b8mJc0R1LQ==",
])("%s is not encoded text", (word) => {
  expect(decodedFrom(word)).toEqual([]);
});

test("a program in base64 is told by its first bytes", () => {
  const elf = Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(64)]);
  expect(decodedFrom(elf.toString("base64"))).toEqual(["executable"]);
});

test("rot13 and reversed texts are read where the text says so", () => {
  const views = (text: string, signs: ReadonlySet<"rot13" | "reversed">): string[] =>
    Array.from(respelled(text, signs), (view) => view.text);
  expect(views("phey", new Set(["rot13"]))).toEqual(["curl"]);
  expect(views("lruc", new Set(["reversed"]))).toEqual(["curl"]);
  expect(views("lruc", new Set())).toEqual([]);
});

test("runs are those that a search from each place would find", () => {
  const members = alphabet(/[a-c]/u);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", " ", "ä") }), fc.integer({ min: 1, max: 5 }), (text, shortest) => {
      const expected = Array.from(text.matchAll(/[a-c]+/gu))
        .filter(({ 0: run }) => run.length >= shortest)
        .map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
      expect(Array.from(runsOf(text, members, shortest))).toEqual(expected);
    }),
  );
});
