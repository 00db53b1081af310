import { createHash } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { execFileSync } from "node:child_process";

import { CodedError, VirtualClock } from "@flynn/sdk/kernel";
import { DEFAULT_LIMITS, treeDigest } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { findingNames, scan } from "../../test/scanning.ts";
import { GOOD_SKILL_FILE, temporarySkill } from "../../test/temporary-skill.ts";
import { ReferenceSkillScanner } from "./index.ts";

const scanner = new ReferenceSkillScanner({ clock: new VirtualClock() });

describe("a clean skill", () => {
  test("is allowed, with size and digest of each file, and one digest of the tree", async () => {
    using skill = temporarySkill({ "scripts/run.sh": "echo hi\n", ".hidden": "", "assets/empty": null });
    const result = await scan(skill.root);
    expect(result).toMatchObject({ verdict: "allow", complete: true, findings: [], suppressed: [] });
    expect(result.inventory.map(({ path, kind, bytes, disposition }) => [path, kind, bytes, disposition])).toEqual([
      [".hidden", "file", 0, "read"],
      ["SKILL.md", "file", GOOD_SKILL_FILE.length, "read"],
      ["assets", "directory", 0, "read"],
      ["assets/empty", "directory", 0, "read"],
      ["scripts", "directory", 0, "read"],
      ["scripts/run.sh", "file", 8, "read"],
    ]);
    expect(result.inventory.at(-1)?.sha256).toBe(createHash("sha256").update("echo hi\n").digest("hex"));
    expect(result.treeDigest).toBe(treeDigest(result.inventory));
  });

  test("gives the same result from another folder, in another order of writing and with other times", async () => {
    const files = { "a.md": "a", "b/c.md": "c", "B.md": "b", "b.md": "b", "é.md": "\uD83C\uDF89", "d/x.bin": Buffer.from([0, 255]) };
    using first = temporarySkill(files);
    using second = temporarySkill(Object.fromEntries(Object.entries(files).toReversed()));
    for (const name of readdirSync(second.root)) utimesSync(join(second.root, name), 1, 1);
    expect(JSON.stringify(await scan(second.root))).toBe(JSON.stringify(await scan(first.root)));
  });

  test("gives the same result in many scans at once", async () => {
    using skill = temporarySkill({ "a.md": "a", "b/c.md": "c", "d.bin": "\0" });
    const results = await Promise.all(Array.from({ length: 16 }, () => scanner.scan({ root: skill.root, phase: "load" })));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]?.inventory).toHaveLength(5);
  });

  test("is left as it was", async () => {
    using skill = temporarySkill({ "a.md": "a" });
    const before = statSync(skill.root, { bigint: true });
    await scan(skill.root);
    expect(statSync(skill.root, { bigint: true }).ctimeNs).toBe(before.ctimeNs);
    expect(readdirSync(skill.root)).toEqual(["SKILL.md", "a.md"]);
  });

  test("is not skipped anywhere by the name of a file or folder", async () => {
    const folders = ["node_modules", ".git", "__pycache__", "test", "docs", "dist", ".venv"];
    using skill = temporarySkill(Object.fromEntries(folders.map((folder) => [`${folder}/x.md`, Buffer.from([0])])));
    expect(findingNames(await scan(skill.root))).toEqual(folders.toSorted().map((folder) => `ENC-NUL ${folder}/x.md`));
  });
});

describe("the root", () => {
  test.each([
    ["is missing", "nowhere", "FS-ROOT"],
    ["is a file", "sample/SKILL.md", "FS-ROOT"],
    ["lies below a file", "sample/SKILL.md/x", "FS-ROOT"],
    ["is a link to a folder", "link", "FS-ROOT-LINK"],
    ["is a link to a folder with a slash behind", "link/", "FS-ROOT-LINK"],
    ["is a link to a folder with a dot behind", "link/.", "FS-ROOT-LINK"],
    ["is a FIFO", "fifo", "FS-ROOT"],
  ])("that %s is refused with a finding for the skill as a whole", async (_, path, ruleId) => {
    using skill = temporarySkill();
    const parent = join(skill.root, "..");
    symlinkSync("sample", join(parent, "link"));
    execFileSync("mkfifo", [join(parent, "fifo")]);
    const result = await scan(`${parent}/${path}`);
    expect(result).toMatchObject({ verdict: "reject", complete: false, treeDigest: null, inventory: [] });
    expect(findingNames(result)).toEqual([ruleId]);
  });

  test("may have a slash at its end, and links above it", async () => {
    using skill = temporarySkill();
    const parent = join(skill.root, "..");
    symlinkSync(".", join(parent, "up"));
    expect((await scan(`${parent}/up/sample///`)).verdict).toBe("allow");
  });
});

describe("links and special files", () => {
  test("are refused wherever a link points to", async () => {
    using skill = temporarySkill({ "sub/a.md": "a" });
    for (const [name, target] of [
      ["inside", "SKILL.md"],
      ["outside", "/etc/hostname"],
      ["dangling", "nowhere"],
      ["loop", "loop"],
      ["folder", "sub"],
    ] as const) {
      symlinkSync(target, join(skill.root, name));
    }
    const result = await scan(skill.root);
    expect(findingNames(result)).toEqual(["dangling", "folder", "inside", "loop", "outside"].map((name) => `FS-LINK ${name}`));
    expect(result).toMatchObject({ verdict: "reject", complete: true });
    expect(result.inventory.filter((entry) => entry.kind === "link")).toHaveLength(5);
    expect(JSON.stringify(result)).not.toContain("hostname");
  });

  test("a file with another name is refused unread, on both sides", async () => {
    using skill = temporarySkill({ "a.md": "a" });
    linkSync(join(skill.root, "a.md"), join(skill.root, "b.md"));
    const result = await scan(skill.root);
    expect(findingNames(result)).toEqual(["FS-HARDLINK a.md", "FS-HARDLINK b.md"]);
    expect(result.inventory.filter((entry) => entry.sha256 === null)).toHaveLength(2);
    expect(result.complete).toBe(false);
  });

  test("a FIFO and a socket are refused, and the scan answers", async () => {
    using skill = temporarySkill();
    execFileSync("mkfifo", [join(skill.root, "run.sh")]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(skill.root, "s"), resolve));
    const result = await scan(skill.root);
    await new Promise((resolve) => server.close(resolve));
    expect(findingNames(result)).toEqual(["FS-SPECIAL run.sh", "FS-SPECIAL s"]);
  });

  test("a file that was swapped for a link to itself is refused", async () => {
    using skill = temporarySkill({ "a.md": "a" });
    renameSync(join(skill.root, "a.md"), join(skill.root, "..", "a.md"));
    symlinkSync("../a.md", join(skill.root, "a.md"));
    expect(findingNames(await scan(skill.root))).toEqual(["FS-LINK a.md"]);
  });
});

describe("sizes and counts", () => {
  test.each([
    ["files", 3, "SIZE-COUNT"],
    ["directories", 1, "SIZE-COUNT"],
    ["fileBytes", 100, "SIZE-FILE big.md"],
    ["totalBytes", 100 + GOOD_SKILL_FILE.length + 2, "SIZE-TOTAL"],
    ["skillFileBytes", GOOD_SKILL_FILE.length, "SIZE-SKILL SKILL.md"],
    ["manifestBytes", 2, "SIZE-MANIFEST manifest.json"],
    ["frontmatterBytes", "name: sample\ndescription: A sample skill.\n".length, "SIZE-FRONTMATTER SKILL.md"],
  ] as const)("%s: %i is allowed at the limit and refused below it", async (limit, size, finding) => {
    using skill = temporarySkill({ "manifest.json": "{}", "folder/big.md": null, "big.md": "x".repeat(100) });
    rmSync(join(skill.root, "folder/big.md"), { recursive: true });
    expect((await scan(skill.root, { limits: { [limit]: size } })).verdict).toBe("allow");
    if (size === 1) mkdirSync(join(skill.root, "other"));
    const result = await scan(skill.root, { limits: { [limit]: size === 1 ? 1 : size - 1 } });
    expect(findingNames(result)).toEqual([finding]);
    expect(result).toMatchObject({ verdict: "reject", complete: false, treeDigest: null });
  });

  test("the first breach is the only finding of its category, and what was seen is still in the inventory", async () => {
    using skill = temporarySkill({ "a.md": "x".repeat(90), "b.md": "x".repeat(90), "z/c.md": "x" });
    const result = await scan(skill.root, { limits: { fileBytes: 89, totalBytes: 100, files: 1 } });
    expect(findingNames(result)).toEqual(["SIZE-COUNT"]);
    expect(result.inventory.every((entry) => entry.disposition === "refused")).toBe(true);
    expect(result.inventory.map((entry) => entry.path)).toEqual(["SKILL.md", "a.md"]);
  });

  test("a sparse file of five gigabytes is refused at once", async () => {
    using skill = temporarySkill({ "big.md": "" });
    truncateSync(join(skill.root, "big.md"), 5 * 1024 ** 3);
    const result = await scan(skill.root);
    expect(findingNames(result)).toEqual(["SIZE-FILE big.md"]);
    expect(result.inventory.find((entry) => entry.path === "big.md")).toMatchObject({ bytes: 5 * 1024 ** 3, sha256: null });
  });

  test("an undefined limit is the default one", async () => {
    using skill = temporarySkill({ "big.md": "x".repeat(DEFAULT_LIMITS.fileBytes) });
    expect((await scan(skill.root, { limits: { fileBytes: undefined } as never })).verdict).toBe("allow");
    writeFileSync(join(skill.root, "big.md"), "x".repeat(DEFAULT_LIMITS.fileBytes + 1));
    expect((await scan(skill.root, { limits: {} })).verdict).toBe("reject");
  });
});

describe("a request", () => {
  test.each([
    ["a relative root", { root: "skill", phase: "load" }],
    ["an empty root", { root: "", phase: "load" }],
    ["an unknown phase", { root: "/skill", phase: "run" }],
    ["an unknown limit", { root: "/skill", phase: "load", limits: { lines: 3 } }],
    ["a limit of nothing", { root: "/skill", phase: "load", limits: { files: 0 } }],
    ["an unknown asset type", { root: "/skill", phase: "load", policy: { assets: ["exe"] } }],
    ["no object at all", null],
  ])("with %s fails with INVALID_REQUEST", async (_, request) => {
    const failure = await scanner.scan(request as never).catch((error: unknown) => error);
    expect(CodedError.is(failure) && failure.code).toBe("INVALID_REQUEST");
  });

  test("with a NUL character in its root is answered", async () => {
    expect(findingNames(await scan("/no\0where"))).toEqual(["FS-ROOT"]);
  });
});
