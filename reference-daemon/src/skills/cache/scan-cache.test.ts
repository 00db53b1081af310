import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";

import { SystemClock } from "@flynn/sdk/kernel";
import type { HostSuppression, ScanResult } from "@flynn/sdk/skill-scanner";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { TemporaryTree, manySkills } from "../../../test/temporary-tree.ts";
import { Pacing } from "../pacing.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { nodeFileSystem } from "../tree/node-file-system.ts";
import { ScanCache } from "./scan-cache.ts";
import type { CacheMiss } from "./scan-cache.ts";

const DAY = 86_400_000;

let tree: TemporaryTree;
/** The files of a test are older than any tick of a clock to this one. */
let now: number;
let problems: string[];

beforeEach(() => {
  tree = new TemporaryTree(manySkills(1));
  mkdirSync(tree.path("cache"));
  now = Date.now() + DAY;
  problems = [];
});

afterEach(() => tree[Symbol.dispose]());

function open({ key = "rules and policy", suppressions = [] as readonly HostSuppression[] } = {}): Promise<ScanCache> {
  return ScanCache.open({
    path: tree.path("cache/file"),
    key,
    suppressions,
    fileSystem: nodeFileSystem,
    clock: { wall: () => now },
    pacing: new Pacing(new SystemClock()),
    signal: new AbortController().signal,
    onProblem: async (problem) => void problems.push(problem),
  });
}

const skill = (): { root: string; skillName: string } => ({ root: tree.path("skill-0"), skillName: "skill-0" });

/** What a command does: looks, scans what has to be, and saves. Says whether it had to. */
async function scanOnce(options: Parameters<typeof open>[0] = {}, meanwhile = (): void => {}): Promise<"scanned" | ScanResult> {
  const cache = await open(options);
  const known = await cache.look(skill());
  if ("skill" in known) {
    meanwhile();
    await cache.keep(known, await scanned(known));
  }
  await cache.save();
  return "skill" in known ? "scanned" : known;
}

function scanned({ skill: { root } }: CacheMiss): Promise<ScanResult> {
  return new ReferenceSkillScanner({ clock: new SystemClock() }).scan({ root, phase: "install" });
}

test("a skill of which nothing changed is not scanned again, and has the same result", async () => {
  expect(await scanOnce()).toBe("scanned");
  const again = await scanOnce();
  expect(again).toEqual(await scanned({ skill: skill(), before: null, scannedAt: 0 }));
  expect(await scanOnce()).toEqual(again);
  expect(problems).toEqual([]);
});

describe("a skill is scanned again", () => {
  const NOTES = "skill-0/notes.md";

  test.each([
    ["when a file has another text of the same size and its old times", () => rewriteUnseen()],
    ["when a file is replaced by one like it", () => replaceByTwin()],
    ["when a file is added", () => tree.write("skill-0/deep/er/new.md", "")],
    ["when a file is removed", () => rmSync(tree.path(NOTES))],
    ["when a file is renamed", () => renameSync(tree.path(NOTES), tree.path("skill-0/other.md"))],
    ["when a file may be read by others", () => chmodSync(tree.path(NOTES), 0o600)],
    ["when a file gets a second name outside of the skill", () => linkSync(tree.path(NOTES), tree.path("outside"))],
    ["when a file becomes a link to the same text", () => replaceByLink()],
    ["when a time of writing is set", () => utimesSync(tree.path(NOTES), 1, 1)],
    ["when its folder is replaced by a copy", () => replaceFolder()],
  ])("%s", async (_, change) => {
    await scanOnce();
    change();
    expect(await scanOnce()).toBe("scanned");
  });

  test("when the rules, the limits or the policy are others", async () => {
    await scanOnce();
    expect(await scanOnce({ key: "other rules" })).toBe("scanned");
    expect(problems).toEqual([]);
  });

  test("when it changed so shortly before its scan that a clock may not have ticked since", async () => {
    now = statSync(tree.path(NOTES)).ctimeMs + 1_999;
    await scanOnce();
    expect(await scanOnce()).toBe("scanned");
    now += 2_000;
    await scanOnce();
    expect(await scanOnce()).not.toBe("scanned");
  });

  test("when it changed between the look and the end of the scan", async () => {
    await scanOnce({}, rewriteUnseen);
    expect(await scanOnce()).toBe("scanned");
  });

  test("when not everything could be read", async () => {
    symlinkSync("notes.md", tree.path("skill-0/link"));
    linkSync(tree.path(NOTES), tree.path("outside"));
    await scanOnce();
    expect(await scanOnce()).toBe("scanned");
  });

  test("when a suppression that was in force has expired, and when the clock goes back before the scan", async () => {
    const expires = new Date(now + 1_000).toISOString();
    const entry = { rule: "CODE-X", skill: "skill-0", path: "notes.md", digest: "0".repeat(64), reason: "ours", expires };
    const suppressions = [entry, { ...entry, skill: "another", expires: new Date(now + 10).toISOString() }];
    await scanOnce({ suppressions });
    now += 999;
    expect(await scanOnce({ suppressions })).not.toBe("scanned");
    now += 1;
    expect(await scanOnce({ suppressions })).toBe("scanned");
    now -= 1;
    expect(await scanOnce({ suppressions })).toBe("scanned");
  });

  function rewriteUnseen(): void {
    const { atimeMs, mtimeMs } = statSync(tree.path(NOTES));
    tree.writeUnseen(NOTES, "b\0c", { atimeMs, mtimeMs });
  }

  function replaceByTwin(): void {
    const { atimeMs, mtimeMs } = statSync(tree.path(NOTES));
    writeFileSync(tree.path("twin"), "b\0c");
    utimesSync(tree.path("twin"), atimeMs / 1_000, mtimeMs / 1_000);
    renameSync(tree.path("twin"), tree.path(NOTES));
  }

  function replaceByLink(): void {
    renameSync(tree.path(NOTES), tree.path("moved"));
    symlinkSync("../moved", tree.path(NOTES));
  }

  function replaceFolder(): void {
    renameSync(tree.path("skill-0"), tree.path("skill-old"));
    for (const [path, content] of Object.entries(manySkills(1))) tree.write(path, content);
  }
});

describe("a cache file", () => {
  const path = (): string => tree.path("cache/file");

  test("is for its user alone, and holds nothing of skills that were not asked for", async () => {
    await scanOnce();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const other = await open();
    const missing = await other.look({ root: tree.path("nowhere"), skillName: "nowhere" });
    expect(missing).toMatchObject({ before: null });
    await other.save();
    expect((await readFile(path(), "utf8")).split("\n")).toHaveLength(2);
  });

  test.each([
    ["edited by hand", (text: string) => text.replace('"verdict":"reject"', '"verdict":"allow"'), /is damaged; it is written anew/u],
    ["cut off", (text: string) => text.slice(0, -10), /is damaged; it is written anew/u],
    ["of another version", (text: string) => text.replace("flynn-skills-cache/1", "flynn-skills-cache/9"), /is none of this version/u],
    ["no cache at all", () => "hello", /is none of this version/u],
    ["empty", () => "", /is none of this version/u],
  ])("that is %s is told of, and is as if it were not there", async (_, change, problem) => {
    await scanOnce();
    await writeFile(path(), change(await readFile(path(), "utf8")));
    expect(await scanOnce()).toBe("scanned");
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(await scanOnce()).not.toBe("scanned");
  });

  test.each([
    ["others may write", () => chmodSync(path(), 0o622)],
    ["lies where others may put another", () => chmodSync(tree.path("cache"), 0o777)],
    ["is a link", () => (renameSync(path(), tree.path("real")), symlinkSync("../real", path()))],
    ["is a folder", () => (rmSync(path()), mkdirSync(path()))],
  ])("that %s is refused", async (_, change) => {
    await scanOnce();
    change();
    await expect(open()).rejects.toMatchObject({ code: "UNSAFE" });
  });

  test("that cannot be written says so, and the old one is left as it is", async () => {
    await scanOnce();
    const cache = await open({ key: "other" });
    const known = await cache.look(skill());
    rmSync(tree.path("cache"), { recursive: true });
    writeFileSync(tree.path("cache"), "");
    expect("skill" in known).toBe(true);
    await expect(cache.save()).rejects.toMatchObject({ code: "UNWRITABLE" });
  });
});
