import { rmSync } from "node:fs";
import { join } from "node:path";

import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { findingNames, scan } from "../../../test/scanning.ts";
import { temporarySkill } from "../../../test/temporary-skill.ts";
import { ScannedFile } from "../scanned-file.ts";
import { SizeLimits } from "../tree/size-limits.ts";
import { checkFrontmatter } from "./check-frontmatter.ts";

const good = "name: n\ndescription: d\n";

function checkFile(text: string): string[] {
  const file = new ScannedFile("SKILL.md", Buffer.from(text), "utf-8");
  return checkFrontmatter(file, new SizeLimits(DEFAULT_LIMITS)).map(({ ruleId, line, column }) => `${ruleId} ${line}:${column}`);
}

const check = (yaml: string): string[] => checkFile(`---\n${yaml}---\nbody\n`);

describe("fences", () => {
  test.each([
    `---\n${good}---`,
    `---\n${good}---\n`,
    `---\r\nname: n\r\ndescription: d\r\n---\r\nbody\r\n`,
    `\uFEFF---\n${good}---\n`,
    `---\n${good}---\nbody\n---\nmore\n---\n`,
    `---\n${good}x: |\n ---\n---\n`,
    `---\n${good}x: ----\n---\n`,
  ])("%j are right", (text) => {
    expect(checkFile(text)).toEqual([]);
  });

  test.each([
    "",
    "---",
    "---\n",
    `${good}`,
    `\n---\n${good}---\n`,
    ` ---\n${good}---\n`,
    `--- \n${good}---\n`,
    `----\n${good}---\n`,
    `--\n${good}--\n`,
    `---\n${good}`,
    `---\n${good} ---\n`,
    `---\n${good}---x\n`,
    `---yaml\n${good}---\n`,
    `+++\nname = "n"\n+++\n`,
    `# Title\n---\n${good}---\n`,
  ])("%j are wrong", (text) => {
    expect(checkFile(text)).toEqual(["FM-FENCE 1:1"]);
  });
});

describe("name and description", () => {
  test.each([
    ["name: n\n", "FM-DESCRIPTION 2:1"],
    ["description: d\n", "FM-NAME 2:1"],
    ["x:\n  name: n\ndescription: d\n", "FM-NAME 2:1"],
    ["Name: n\ndescription: d\n", "FM-NAME 2:1"],
    ["description: d\nname:\n", "FM-NAME 3:1"],
    ["description: d\nname: ''\n", "FM-NAME 3:1"],
    ["description: d\nname: '  '\n", "FM-NAME 3:1"],
    ["description: d\nname: 12\n", "FM-NAME 3:1"],
    ["description: d\nname: true\n", "FM-NAME 3:1"],
    ["description: d\nname: [n]\n", "FM-NAME 3:1"],
    ["name: n\ndescription: {a: b}\n", "FM-DESCRIPTION 3:1"],
    ["name: n\ndescription: >\n\n", "FM-DESCRIPTION 3:1"],
  ])("%j are not there", (yaml, finding) => {
    expect(check(yaml)).toEqual([finding]);
  });

  test("are both missing from an empty front matter", () => {
    expect(check("")).toEqual(["FM-DESCRIPTION 2:1", "FM-NAME 2:1"].toSorted().toReversed());
    expect(check("# only a comment\n\n").toSorted()).toEqual(["FM-DESCRIPTION 2:1", "FM-NAME 2:1"]);
  });
});

describe("unusual but well-formed front matter is fine", () => {
  test.each([
    "name: 1password\ndescription: d\n",
    "name: 'n'\ndescription: \"a: b # c\"\n",
    "name: n\ndescription: >-\n  folded\n  text\n\n  with a gap\n",
    "name: n\ndescription: |\n  *literal* & !text\n  --- not a fence\n",
    "name: n\ndescription: plain text\n  over two lines\n",
    "description: d\nname: n\n",
    "# comment\nname: n # another\n\n\ndescription: d\n",
    "name: n\ndescription: AT&T, 2*3, Hello!, a@b, 100%, `code`, C# and R&D\n",
    "name: n\ndescription: '* & ! <<'\n",
    'name: n\ndescription: "&anchor *alias !tag"\n',
    "name: n\ndescription: d\nallowed-tools: Bash(git:*) Read\n",
    "name: n\ndescription: d\ntags: [a, b, 'c & d']\nlist:\n- a\n- b\n  - c\n",
    'name: n\ndescription: d\nmetadata: {"openclaw":{"emoji":"🎉","requires":{"bins":["a","b"],"env":[]},},}\n',
    'name: n\ndescription: d\nmetadata:\n  {\n    "openclaw":\n      { "always": true, "install": [ { "id": "a", "kind": "brew" }, { "id": "b" } ] },\n  }\n',
    `name: n\ndescription: d\nflat: {${Array.from({ length: 60 }, (_, index) => `k${index}: ${index}`).join(", ")}}\n`,
    `name: n\ndescription: d\n${Array.from({ length: 12 }, (_, index) => `${"  ".repeat(index)}k${index}:\n`).join("")}${"  ".repeat(12)}end: 1\n`,
    "name: n\ndescription: d\na:\n  same: 1\nb:\n  same: 1\n",
    "name: n\ndescription: d\n'<<': text\n",
    "name: n\ndescription: d\n? long key\n: value\n",
    "name: n\ndescription: d\nurl: https://example.invalid/?a=b&c=*\n",
    "name: n\ndescription: d\nempty:\n",
    "name: n\r\ndescription: >\r\n  folded\r\n  text\r\n",
    "{name: n, description: d}\n",
    "\"name\": n\n'description': d\n",
  ])("%j", (yaml) => {
    expect(check(yaml)).toEqual([]);
  });

  test.each([
    ["a long description", `name: n\ndescription: ${"long ".repeat(6_000)}\n`],
    ["thousands of keys", `${good}${Array.from({ length: 2_700 }, (_, index) => `k${index}: v\n`).join("")}`],
    ["a long comment", `${good}# ${"comment ".repeat(4_000)}\n`],
    ["many blank lines", `${good}${"\n".repeat(10_000)}`],
  ])("%s", (_, yaml) => {
    expect(check(yaml)).toEqual([]);
  });
});

describe("dangerous or broken front matter", () => {
  test.each([
    ["name: &a n\ndescription: d\n", "FM-ALIAS 2:7"],
    ["name: n\ndescription: *a\n", "FM-ALIAS 3:14"],
    [`${good}x: [*a, *a]\n`, "FM-ALIAS 4:5"],
    [`${good}<<: {a: b}\n`, "FM-ALIAS 4:1"],
    [`${good}x:\n  <<: {a: b}\n`, "FM-ALIAS 5:3"],
    ["name: !x n\ndescription: d\n", "FM-TAG 2:7"],
    ["name: !!str n\ndescription: d\n", "FM-TAG 2:7"],
    ["name: n\ndescription: ! d\n", "FM-TAG 3:14"],
    [`${good}x: !<tag:yaml.org,2002:js/function> y\n`, "FM-TAG 4:4"],
    [`%YAML 1.1\n${good}`, "FM-DOCUMENTS 2:1"],
    ["name: n\n...\ndescription: d\n", "FM-DOCUMENTS 3:1"],
    ["name: n\n--- \ndescription: d\n", "FM-DOCUMENTS 3:1"],
    ["name: n\n--- text\ndescription: d\n", "FM-DOCUMENTS 3:1"],
    [`${good}name: m\n`, "FM-DUPLICATE 4:1"],
    [`${good}'name': m\n`, "FM-DUPLICATE 4:1"],
    [`${good}x: {a: 1, a: 2}\n`, "FM-DUPLICATE 4:11"],
    [`${good}x:\n- {1: a, '1': b}\n`, "FM-DUPLICATE 5:10"],
    [`${good}__proto__: {}\n`, "FM-PROTOTYPE 4:1"],
    ["- name\n- description\n", "FM-YAML 2:1"],
    ["just text\n", "FM-YAML 2:1"],
    ["name: a: b\ndescription: d\n", "FM-YAML 2:8"],
    ["name: [a\ndescription: d\n", "FM-YAML 3:1"],
    ["name: 'a\ndescription: d\n", "FM-YAML 4:1"],
    ["name: n\n\tdescription: d\n", "FM-YAML 3:1"],
    [`${good}x: "\\q"\n`, "FM-YAML 4:5"],
    [`${good}x: a\u0000b\n`, "FM-YAML 4:5"],
    [`${good}x: a\u001Bb\n`, "FM-YAML 4:5"],
    ["name: n\rdescription: d\n", "FM-YAML 2:8"],
  ])("%j is refused where it is wrong", (yaml, finding) => {
    expect(check(yaml)).toEqual([finding]);
  });

  test.each([
    ["brackets", "x: " + "[".repeat(10_000)],
    ["braces", "x: " + "{a: ".repeat(5_000)],
    ["closed brackets", "x: " + "[".repeat(17) + "]".repeat(17)],
    ["dashes on one line", "x:\n  " + "- ".repeat(10_000)],
    ["question marks on one line", "? ".repeat(10_000)],
    ["indentation", Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["mixed nesting", "x:\n" + Array.from({ length: 40 }, (_, depth) => `${" ".repeat(depth * 2)}- a:\n`).join("")],
    ["values", `x: [${"a,".repeat(15_000)}a]`],
  ])("nested or crowded with %s is refused before it is composed", (_, yaml) => {
    expect(check(`${yaml}\n`).map((name) => name.split(" ")[0])).toEqual(["FM-DEPTH"]);
  });
});

describe("any front matter", () => {
  const piece = fc.constantFrom(
    ..."-:?,[]{}#&*!|>'\"%@` \n\ta1\\",
    "\r\n",
    "name: n\n",
    "description: d\n",
    "- ",
    "  ",
    "---\n",
    "...\n",
    "<<",
    "é",
    "👍",
  );

  test("gets an answer, and no finding shows the text of the skill", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const file = new ScannedFile("SKILL.md", Buffer.from(`---\n${pieces.join("")}\n---\n`), "utf-8");
        for (const finding of checkFrontmatter(file, new SizeLimits(DEFAULT_LIMITS))) expect(finding.category).toBe("frontmatter");
      }),
      { numRuns: 3_000 },
    );
  });

  const repeated = ["- ", "? ", ": ", "[", "{", ",", "'", '"', "\n", "a: ", "k: v\n", "[],", '""', "a: |\n x\n", "? a\n: b\n", "aa : "];

  test.each(repeated)("that is as large as it may be, and repeats %j, takes a bounded time", (part) => {
    const room = DEFAULT_LIMITS.frontmatterBytes - 40;
    for (const start of ["", "x: [", 'x: "']) {
      const begin = process.cpuUsage();
      check(`${start}${part.repeat(Math.floor(room / part.length))}\n`);
      const { user, system } = process.cpuUsage(begin);
      expect((user + system) / 1_000).toBeLessThan(1_000);
    }
  });
});

describe("the skill file", () => {
  test("must be there, at the top, by exactly its name", async () => {
    using skill = temporarySkill({ "sub/SKILL.md": "no front matter" });
    expect((await scan(skill.root)).verdict).toBe("allow");
    using other = temporarySkill({ "SKILL.md": null, "skill.md": `---\n${good}---\n` });
    expect(findingNames(await scan(other.root))).toEqual(expect.arrayContaining(["FM-MISSING SKILL.md"]));
  });

  test("that is missing is missed with a hint at the likely mistake", async () => {
    using misspelled = temporarySkill({ "skill.md": `---\n${good}---\n` });
    rmSync(join(misspelled.root, "SKILL.md"));
    expect((await scan(misspelled.root)).findings[0]?.message).toContain("spelled in another way");
    using folderOfSkills = temporarySkill({ "one/SKILL.md": `---\n${good}---\n` });
    rmSync(join(folderOfSkills.root, "SKILL.md"));
    expect((await scan(folderOfSkills.root)).findings[0]?.message).toContain("a folder below has one");
  });

  test("must be UTF-8 text", async () => {
    using wide = temporarySkill({ "SKILL.md": Buffer.from(`\uFEFF---\n${good}---\n`, "utf16le") });
    expect(findingNames(await scan(wide.root))).toEqual(["ENC-WIDE SKILL.md", "FM-TEXT SKILL.md"]);
    using binary = temporarySkill({ "SKILL.md": `---\n${good}---\n\0` });
    expect(findingNames(await scan(binary.root))).toEqual(["ENC-NUL SKILL.md", "FM-TEXT SKILL.md"]);
  });
});
