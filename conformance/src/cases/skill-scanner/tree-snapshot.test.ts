import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { changesBetween, snapshotTree } from "./tree-snapshot.ts";

let root: string;
const at = (name: string): string => join(root, name);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flynn-snapshot-"));
  mkdirSync(at("folder"));
  writeFileSync(at("folder/a.md"), "a");
  writeFileSync(at("b.md"), "b");
  utimesSync(at("b.md"), 5, 5);
  symlinkSync("b.md", at("link"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("changesBetween", () => {
  it.each([
    ["a new file", () => writeFileSync(at("folder/c"), ""), "folder/c is new"],
    ["a removed file", () => rmSync(at("b.md")), "b.md is gone"],
    ["a renamed file", () => renameSync(at("b.md"), at("c.md")), "c.md is new"],
    ["other bytes of the same size and time", () => rewrite(at("b.md")), "b.md has changed"],
    ["an appended byte", () => appendFileSync(at("b.md"), "x"), "b.md has changed"],
    ["another mode", () => chmodSync(at("b.md"), 0o600), "b.md has changed"],
    ["another time", () => utimesSync(at("folder"), 1, 1), "folder has changed"],
    ["another name for a file", () => linkSync(at("b.md"), at("folder/d.md")), "b.md has changed"],
    ["another target of a link", () => relink(at("link")), "link has changed"],
  ])("sees %s", (_what, change, expected) => {
    const before = snapshotTree(root);
    change();
    expect(changesBetween(before, snapshotTree(root))).toContain(expected);
  });

  it("does not mind that files are read", () => {
    const before = snapshotTree(root);
    readFileSync(at("b.md"));
    expect(changesBetween(before, snapshotTree(root))).toEqual([]);
  });
});

function rewrite(file: string): void {
  writeFileSync(file, "x");
  utimesSync(file, 5, 5);
}

function relink(link: string): void {
  rmSync(link);
  symlinkSync("x.md", link);
}
