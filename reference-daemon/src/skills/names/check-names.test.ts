import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { unescapePath } from "@flynn/sdk/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { findingNames, scan } from "../../../test/scanning.ts";
import { temporarySkill } from "../../../test/temporary-skill.ts";
import { collidingNames } from "./collisions.ts";
import { unsafeCharacter } from "./unsafe-characters.ts";
import { unportableReason } from "./windows-names.ts";

const bytes = (name: string): Buffer => Buffer.from(name);
const collides = (...names: string[]): number => collidingNames(names.map((name) => ({ name: bytes(name) }))).length;

describe("characters", () => {
  test.each([
    "a\nb",
    "a\tb",
    "a\u001B[2Jb",
    "a\u007Fb",
    "a\u0085b",
    "a\u200Bb",
    "a\u202Eb",
    "a\u2066b",
    "a\u00ADb",
    "a\uFEFFb",
    "a\u{E0041}b",
    "a\uE000b",
    "\u3164",
    "a\uFE0Fb",
  ])("%j is refused", (name) => {
    expect(unsafeCharacter(bytes(name))?.rule.id).toBe("PATH-CHARACTERS");
  });

  test.each([
    ["a lone byte of Latin-1", Buffer.from([0x63, 0xe9])],
    ["an overlong slash", Buffer.from([0xc0, 0xaf])],
    ["a surrogate", Buffer.from([0xed, 0xa0, 0x80])],
    ["a sequence that is cut short", Buffer.from([0xe2, 0x82])],
  ])("%s is not UTF-8", (_, name) => {
    expect(unsafeCharacter(name)?.rule.id).toBe("PATH-ENCODING");
  });

  test.each([
    "a.md",
    "a b.md",
    "naïve.md",
    "日本語.md",
    "Привет",
    "عربي",
    "👍.md",
    "µ-Å.md",
    "-rf",
    "$(x)",
    "a'b",
    "\uFFFD",
    "C++#1 [x] {y}.md",
  ])("%j is allowed", (name) => {
    expect(unsafeCharacter(bytes(name))).toBeNull();
    expect(unportableReason(bytes(name))).toBeNull();
  });
});

describe("names on Windows", () => {
  test.each([
    "CON",
    "con",
    "Con.txt",
    "nul.tar.gz",
    "AUX.md",
    "PRN",
    "COM1",
    "com9.log",
    "LPT3",
    "COM¹",
    "lpt³.x",
    "CONIN$",
    "conout$.md",
    "CON .md",
    "NUL  ",
  ])("%j is refused", (name) => {
    expect(unportableReason(bytes(name))).not.toBeNull();
  });

  test.each(["a.", "a ", "...", "a\\b", "a:b", "a<b", "a>b", 'a"b', "a|b", "a?b", "a*b"])("%j is refused", (name) => {
    expect(unportableReason(bytes(name))).not.toBeNull();
  });

  test.each([
    "CONSOLE",
    "console.md",
    "con-fig.md",
    "icon",
    "com.example.md",
    "COM10",
    "COM",
    "LPT",
    "null",
    "nul-",
    ".con",
    "a.con",
    "auxiliary",
    " a",
    ".a",
    "a .md",
  ])("%j is allowed", (name) => {
    expect(unportableReason(bytes(name))).toBeNull();
  });
});

describe("collisions", () => {
  test.each([
    ["Run.sh", "run.sh"],
    ["\u00E9", "e\u0301"],
    ["\u00C9", "e\u0301"],
    ["\uFB01le", "file"],
    ["straße", "STRASSE"],
    ["\u212Belvin", "\u00E5elvin"],
    ["ΟΔΟΣ", "οδος"],
    ["οδος", "οδοσ"],
    ["ſ", "S"],
  ])("%j and %j are one name", (a, b) => {
    expect(collides(a, b)).toBe(2);
  });

  test.each([
    ["run.sh", "run.sh.md"],
    ["a", "b"],
    ["e", "é"],
    ["1", "I"],
    ["日", "曰"],
  ])("%j and %j are two", (a, b) => {
    expect(collides(a, b)).toBe(0);
  });

  test("all of a group are named", () => {
    expect(collides("a", "A", "ａ", "b")).toBe(3);
  });

  test("count within one folder only", async () => {
    using skill = temporarySkill({ "a/x.md": "", "b/X.md": "", "c/y.md": "", "c/Y.md": "" });
    expect(findingNames(await scan(skill.root))).toEqual(["PATH-COLLISION c/Y.md", "PATH-COLLISION c/y.md"]);
  });
});

describe("lengths and depth", () => {
  test.each([
    ["nameBytes", 8, "é234567", "12345678x"],
    ["pathBytes", 10, "abcd/é2345".slice(0, 9), "abcd/é23456"],
    ["depth", 2, "a/b", "a/b/c"],
  ] as const)("%s counts bytes or levels: at the limit it is allowed, above it refused", async (limit, size, good, bad) => {
    using fine = temporarySkill({ [good]: "x" });
    using over = temporarySkill({ [bad]: "x" });
    const limits = { [limit]: size };
    expect((await scan(fine.root, { limits })).verdict).toBe("allow");
    const result = await scan(over.root, { limits });
    expect(result.findings.map(({ category, path }) => [category, path])).toEqual([["path", bad]]);
  });

  test("a folder below the deepest level is not listed, and the scan is incomplete", async () => {
    using skill = temporarySkill({ "a/b/c.md": "x" });
    const result = await scan(skill.root, { limits: { depth: 1 } });
    expect(findingNames(result)).toEqual(["PATH-DEPTH a/b/c.md"].map(() => "PATH-DEPTH a/b"));
    expect(result.complete).toBe(false);
    expect(result.inventory.find((entry) => entry.path === "a/b")?.disposition).toBe("refused");
  });
});

test("names that look the same are told apart by their code points", async () => {
  using skill = temporarySkill({ "\u00E9.md": "", "e\u0301.md": "" });
  const { findings } = await scan(skill.root);
  expect(findings.map(({ evidence }) => evidence.text)).toEqual(["e\\u{301}.md", "\\u{e9}.md"]);
});

test("a name that is not UTF-8 stands escaped in inventory and findings", async () => {
  using skill = temporarySkill();
  const name = Buffer.from([0x61, 0xff, 0x0a]);
  writeFileSync(Buffer.concat([bytes(`${skill.root}/`), name]), "x");
  mkdirSync(join(skill.root, "\u202Ex"));
  const result = await scan(skill.root);
  expect(findingNames(result)).toEqual(["PATH-CHARACTERS \\xe2\\x80\\xaex", "PATH-ENCODING a\\xff\\x0a"]);
  expect(Buffer.from(unescapePath("a\\xff\\x0a"))).toEqual(name);
});

test("no name makes a rule throw", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 }), (names) => {
      const entries = names.map((name) => ({ name: Buffer.from(name) }));
      for (const { name } of entries) expect([unsafeCharacter(name), unportableReason(name)]).toHaveLength(2);
      expect(collidingNames(entries).length).not.toBe(1);
    }),
  );
});

test("whatever the case of a plain name, it collides with itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }), (name) => {
      expect(collides(name, name.normalize("NFD"))).toBe(2);
      expect(collides(name, name.toLowerCase())).toBe(2);
    }),
  );
});
