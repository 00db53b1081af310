import { Buffer } from "node:buffer";

import { expect, test } from "vitest";

import { MemoryFileSystem, systemError } from "../../../test/memory-file-system.ts";
import { findSkills } from "./find-skills.ts";
import type { SkillPlace } from "./find-skills.ts";

function found(fileSystem: MemoryFileSystem, root = "/skill"): [string, string | undefined][] {
  const steps = findSkills(fileSystem, root);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value.map(({ root: place, problem }: SkillPlace) => [place, problem?.ruleId]);
  }
}

test("every folder with a SKILL.md is found, whatever it is called and however deep it lies, in the order of bytes", () => {
  const files = new MemoryFileSystem({
    "b/SKILL.md": "",
    "b/inner/SKILL.md": "",
    "a/.hidden/x/SKILL.md": "",
    "node_modules/c/SKILL.md": "",
    "d/readme.md": "",
  });
  expect(found(files)).toEqual([
    ["/skill/a/.hidden/x", undefined],
    ["/skill/b", undefined],
    ["/skill/b/inner", undefined],
    ["/skill/node_modules/c", undefined],
  ]);
  expect(files.openNow.size).toBe(0);
});

test("a SKILL.md that is a link, a folder or spelled in another way is for the scanner to refuse", () => {
  const files = new MemoryFileSystem({ "a/skill.MD": "" });
  files.put("/skill/b/SKILL.md", { kind: "link" });
  files.makeFolder("/skill/c/SKILL.md");
  expect(found(files)).toEqual([
    ["/skill/a", undefined],
    ["/skill/b", undefined],
    ["/skill/c", undefined],
  ]);
});

test("links are not followed", () => {
  const files = new MemoryFileSystem({ "a/SKILL.md": "" });
  files.put("/skill/link", { kind: "link" });
  expect(found(files)).toEqual([["/skill/a", undefined]]);
});

test("a folder that cannot be listed is a place with a problem", () => {
  const files = new MemoryFileSystem({ "a/SKILL.md": "", "closed/b/SKILL.md": "" });
  files.hooks.list = (path) => {
    if (path === "/skill/closed") throw systemError("EACCES");
  };
  expect(found(files)).toEqual([
    ["/skill/a", undefined],
    ["/skill/closed", "FS-UNREADABLE"],
  ]);
});

test("a folder with a name that is not UTF-8 is one too", () => {
  const files = new MemoryFileSystem({ "a\u00FF/SKILL.md": "" });
  expect(found(files)).toEqual([[Buffer.from("/skill/a\u00FF", "latin1").toString("utf8"), "PATH-ENCODING"]]);
});

test("where there is none, or no folder at all, the path itself is what is scanned", () => {
  expect(found(new MemoryFileSystem({ "a/readme.md": "" }))).toEqual([["/skill", undefined]]);
  expect(found(new MemoryFileSystem(), "/missing")).toEqual([["/missing", undefined]]);
});
