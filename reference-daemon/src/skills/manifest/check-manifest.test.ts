import type { ScanRequest } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { findingNames, scan } from "../../../test/scanning.ts";
import { temporarySkill } from "../../../test/temporary-skill.ts";
import { ScannedFile } from "../scanned-file.ts";
import { checkManifest } from "./check-manifest.ts";

const routed = { routed: true, permissions: ["net", "fs.read", "fs.*"] };
const notRouted = { ...routed, routed: false };

function check(text: string, intent?: ScanRequest["intent"]): string[] {
  const file = new ScannedFile("manifest.json", Buffer.from(text), "utf-8");
  return checkManifest(file, intent).map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`);
}

describe("permissions", () => {
  test.each([
    '{"permissions":["net"]}',
    '{"permissions":["fs.read","net"]}',
    '{"permissions":[]}',
    '{"x":{"permissions":7},"permissions":["n\\u0065t"]}',
  ])("%s are what a routed skill needs", (text) => {
    expect(check(text, routed)).toEqual([]);
  });

  test.each([
    ["{}", "MAN-PERMISSIONS 1:1"],
    ['{"Permissions":["net"]}', "MAN-PERMISSIONS 1:1"],
    ['{"permissions":null}', "MAN-PERMISSION-TYPE 1:16"],
    ['{"permissions":"net"}', "MAN-PERMISSION-TYPE 1:16"],
    ['{"permissions":{"net":true}}', "MAN-PERMISSION-TYPE 1:16"],
    ['{"permissions":true}', "MAN-PERMISSION-TYPE 1:16"],
    ['{"permissions":["net",1]}', "MAN-PERMISSION-TYPE 1:23"],
    ['{"permissions":["net",null]}', "MAN-PERMISSION-TYPE 1:23"],
    ['{"permissions":["net",["net"]]}', "MAN-PERMISSION-TYPE 1:23"],
    ['{"permissions":[""]}', "MAN-PERMISSION-TYPE 1:17"],
    ['{"permissions":["net","net"]}', "MAN-PERMISSION-TWICE 1:23"],
    ['{"permissions":["*"]}', "MAN-PERMISSION-WILDCARD 1:17"],
    ['{"permissions":["fs.*"]}', "MAN-PERMISSION-WILDCARD 1:17"],
    ['{"permissions":["Net"]}', "MAN-PERMISSION-UNKNOWN 1:17"],
    ['{"permissions":["net "]}', "MAN-PERMISSION-UNKNOWN 1:17"],
    ['{"permissions":["fs"]}', "MAN-PERMISSION-UNKNOWN 1:17"],
    ['{"permissions":["all"]}', "MAN-PERMISSION-UNKNOWN 1:17"],
    ['{"permissions":["__proto__"]}', "MAN-PERMISSION-UNKNOWN 1:17"],
    ['{"permissions":["constructor"]}', "MAN-PERMISSION-UNKNOWN 1:17"],
  ])("%s are refused", (text, finding) => {
    expect(check(text, routed)).toEqual([finding]);
  });

  test("need not be there for a skill that is not routed, but must be sound where they are", () => {
    expect(check("{}", notRouted)).toEqual([]);
    expect(check("{}")).toEqual([]);
    expect(check('{"permissions":"net"}', notRouted)).toEqual(["MAN-PERMISSION-TYPE 1:16"]);
    expect(check('{"permissions":["other"]}', notRouted)).toEqual(["MAN-PERMISSION-UNKNOWN 1:17"]);
  });

  test("have only a shape where the request gives no vocabulary", () => {
    expect(check('{"permissions":["anything"]}')).toEqual([]);
    expect(check('{"permissions":["*"]}')).toEqual(["MAN-PERMISSION-WILDCARD 1:17"]);
    expect(check('{"permissions":["a","a"]}')).toEqual(["MAN-PERMISSION-TWICE 1:21"]);
  });
});

describe("the text", () => {
  test.each([
    ['{"a":1,\n "a":2}', "MAN-DUPLICATE 2:2"],
    ['{"x":[{"a":1,"\\u0061":2}]}', "MAN-DUPLICATE 1:14"],
    ['{"__proto__":{}}', "MAN-PROTOTYPE 1:2"],
    ['{"x":{"__pr\\u006fto__":1}}', "MAN-PROTOTYPE 1:7"],
    ['{"constructor":1}', "MAN-PROTOTYPE 1:2"],
    ['{"prototype":1}', "MAN-PROTOTYPE 1:2"],
    ["[]", "MAN-ROOT 1:1"],
    ["null", "MAN-ROOT 1:1"],
    ["", "MAN-SYNTAX 1:1"],
    ['{\r\n  "a": 1, // b\r\n}', "MAN-SYNTAX 2:11"],
    ["[".repeat(33), "MAN-DEPTH 1:33"],
  ])("%j is refused where it is wrong", (text, finding) => {
    expect(check(text)).toEqual([finding]);
  });

  test.each([
    '{"a":1,"A":2}',
    '{"x":{"a":1},"y":{"a":1}}',
    ' \t\r\n{"emoji":"👍","n":-1.5e+3,"deep":[[[[[[[[]]]]]]]]}\n',
    '{"_proto_":1,"constructors":2,"value":"__proto__"}',
    '{"version":"1.0.0","nested":{"permissions":"free text"}}',
  ])("%j is fine", (text) => {
    expect(check(text)).toEqual([]);
  });

  test("that is not UTF-8, or starts with a byte order mark, is refused", async () => {
    using latin = temporarySkill({ "manifest.json": Buffer.from('{"a":"\xE9"}', "latin1") });
    expect(findingNames(await scan(latin.root))).toEqual(["ENC-INVALID manifest.json", "MAN-SYNTAX manifest.json"]);
    using marked = temporarySkill({ "manifest.json": "\uFEFF{}" });
    expect(findingNames(await scan(marked.root))).toEqual(["MAN-SYNTAX manifest.json"]);
    using wide = temporarySkill({ "manifest.json": Buffer.from("\uFEFF{}", "utf16le") });
    expect(findingNames(await scan(wide.root))).toEqual(["ENC-WIDE manifest.json", "MAN-SYNTAX manifest.json"]);
  });

  test("with thousands of problems gives the first ones", () => {
    expect(check(`{"permissions":[${'"x",'.repeat(5_000)}"x"]}`, routed)).toHaveLength(20);
  });
});

test("a routed skill needs a manifest at its top, and no other skill does", async () => {
  using without = temporarySkill({ "sub/manifest.json": '{"permissions":[]}' });
  expect(findingNames(await scan(without.root, { intent: routed }))).toEqual(["MAN-MISSING"]);
  expect(findingNames(await scan(without.root, { intent: notRouted }))).toEqual([]);
  expect(findingNames(await scan(without.root))).toEqual([]);
  using folder = temporarySkill({ "manifest.json": null });
  expect(findingNames(await scan(folder.root, { intent: routed }))).toEqual(["MAN-MISSING manifest.json"]);
});

test("a manifest in another folder is a file like any other", async () => {
  using skill = temporarySkill({ "sub/manifest.json": "{,}" });
  expect((await scan(skill.root)).verdict).toBe("allow");
});
