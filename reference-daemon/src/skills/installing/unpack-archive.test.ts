import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";
import type { Limits } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import { folderSnapshot } from "../../../test/folder-snapshot.ts";
import { zipArchive } from "../../../test/zip-archive.ts";
import type { ZipEntry } from "../../../test/zip-archive.ts";
import { nodeInstallFiles } from "./install-files.ts";
import { unpackArchive } from "./unpack-archive.ts";

/** What is unpacked, or the message of the refusal. Nothing but the folder that was asked for is ever written to. */
async function unpacked(
  archive: Buffer | readonly ZipEntry[],
  limits: Partial<Limits> = {},
  signal?: AbortSignal,
): Promise<string[] | string> {
  using folder = temporaryFolder();
  const path = join(folder.path, "skill.zip");
  writeFileSync(path, Buffer.isBuffer(archive) ? archive : zipArchive(archive as readonly ZipEntry[]));
  const into = join(folder.path, "into");
  const options = { limits: { ...DEFAULT_LIMITS, ...limits }, files: nodeInstallFiles, signal };
  try {
    await unpackArchive(path, into, options);
    return folderSnapshot(into);
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  } finally {
    expect(folderSnapshot(folder.path).filter((line) => !/^(?:skill\.zip|into)\b/u.test(line))).toEqual([]);
  }
}

test("files and folders are unpacked, compressed or stored, named or not, with the right to be run", async () => {
  const entries: ZipEntry[] = [
    { name: "a/", mode: 0o040755 },
    { name: "SKILL.md", content: "x".repeat(50), mode: 0o100600 },
    { name: "a/b/c/run.sh", content: "echo\n", mode: 0o106755 },
    { name: "日.md", content: "stored", method: 0 },
    { name: "empty/" },
  ];
  expect(await unpacked(entries)).toEqual([
    `SKILL.md 100644 ${"x".repeat(50)}`,
    "a 40755",
    "a/b 40755",
    "a/b/c 40755",
    "a/b/c/run.sh 100755 echo\n",
    "empty 40755",
    "日.md 100644 stored",
  ]);
});

test("an empty archive is an empty folder", async () => {
  expect(await unpacked([])).toEqual([]);
});

const bad: readonly (readonly [what: string, entries: readonly ZipEntry[], message: string, limits?: Partial<Limits>])[] = [
  ["leads out of it", [{ name: "../evil" }], "../evil leads out of the archive"],
  ["leads out of it further in", [{ name: "a/../../evil" }], "leads out of the archive"],
  ["is absolute", [{ name: "/etc/evil" }], "/etc/evil has an absolute name"],
  ["is on a drive", [{ name: "C:/evil" }], "has an absolute name"],
  ["has a backslash", [{ name: "..\\evil" }], "has a backslash in its name"],
  ["has a NUL character", [{ name: "a\0b" }], "has a NUL character"],
  ["has an empty name", [{ name: "a//b" }], "has an empty name"],
  ["is a dot", [{ name: "./a" }], "has an empty name or a dot"],
  ["has no name", [{ name: "" }], "has an empty name"],
  ["has a name in some code page", [{ name: Buffer.from([0x61, 0xe9]), flags: 0 }], "is not UTF-8"],
  ["has a broken name", [{ name: Buffer.from([0x61, 0xe9]) }], "is not UTF-8"],
  ["is a symbolic link", [{ name: "link", content: "/etc/passwd", mode: 0o120777 }], "link is a symbolic link"],
  ["is a FIFO", [{ name: "pipe", mode: 0o010644 }], "pipe is no file and no folder"],
  ["is a device", [{ name: "null", mode: 0o020666 }], "null is no file and no folder"],
  ["is a folder by its mode only", [{ name: "a", mode: 0o040755 }], "a is no file and no folder"],
  ["is a file by its mode and a folder by its name", [{ name: "a/", mode: 0o100644 }], "a/ is no file and no folder"],
  ["is a folder with content", [{ name: "a/", content: "x" }], "is a folder with content"],
  ["is encrypted", [{ name: "a", flags: 0x0801 }], "a is encrypted"],
  ["is compressed in another way", [{ name: "a", method: 12 }], "method 12"],
  ["is there twice", [{ name: "a" }, { name: "a" }], "a is in it twice"],
  ["is a file and a folder", [{ name: "a" }, { name: "a/b" }], "a file and a folder at once"],
  ["is a folder and a file", [{ name: "a/b" }, { name: "a" }], "a file and a folder at once"],
  ["has another checksum", [{ name: "a", content: "x", checksum: 7 }], "a is damaged: its checksum is another one"],
  ["is longer than it says", [{ name: "a", content: "x".repeat(5_000), declaredBytes: 5 }], "It is damaged: too many bytes"],
  ["is shorter than it says", [{ name: "a", content: "x", declaredBytes: 90 }], "It is damaged: not enough bytes"],
  ["lies too deep", [{ name: "1/2/3/4" }], "deeper than 2 levels", { depth: 2 }],
  ["is too large", [{ name: "a", content: "abcd" }], "a is larger than 3 bytes", { fileBytes: 3 }],
  ["makes too many files", [{ name: "a" }, { name: "b" }], "more than 1 files", { files: 1 }],
  ["makes too many folders", [{ name: "a/b/c/d" }], "more than 1 folders", { directories: 1 }],
  [
    "makes too many bytes",
    [
      { name: "a", content: "abc" },
      { name: "b", content: "def" },
    ],
    "larger than 5 bytes",
    { totalBytes: 5 },
  ],
  ["is a bomb", [{ name: "a", content: Buffer.alloc(1_000_000) }], "more than 100 times its own size"],
];

describe("an archive is refused when an entry of it", () => {
  test.each(bad.map(([what, ...rest]) => ({ what, rest })))("$what", async ({ rest: [entries, message, limits] }) => {
    const outcome = await unpacked(entries, limits);
    expect(outcome).toContain("The archive is not unpacked: ");
    expect(outcome).toContain(message);
    expect(outcome).not.toMatch(/[\u0000-\u001F]/u);
  });
});

test("nothing is unpacked of an archive with one bad name at its end", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "skill.zip");
  writeFileSync(path, zipArchive([{ name: "good" }, { name: "../evil" }]));
  const into = join(folder.path, "into");
  await expect(unpackArchive(path, into, { limits: DEFAULT_LIMITS, files: nodeInstallFiles })).rejects.toMatchObject({
    code: "UNSAFE_ARCHIVE",
  });
  expect(existsSync(into)).toBe(false);
});

test("entries that share their bytes count each", async () => {
  const archive = zipArchive([
    { name: "a", content: "x".repeat(3_000), method: 0 },
    { name: "b", content: "x".repeat(3_000), method: 0 },
  ]);
  archive.writeUInt32LE(0, archive.lastIndexOf("PK\x01\x02") + 42);
  expect(await unpacked(archive, { totalBytes: 5_999 })).toContain("larger than 5999 bytes");
});

test("what is no zip file is told apart from an unsafe one", async () => {
  expect(await unpacked(Buffer.from("no zip"))).toMatch(/^It is no zip file that can be read\. /u);
  expect(await unpacked(Buffer.alloc(0))).toMatch(/^It is no zip file that can be read\. /u);
  const whole = zipArchive([{ name: "a", content: "x".repeat(90) }]);
  expect(await unpacked(whole.subarray(0, -30))).toMatch(/^It is no zip file that can be read\. /u);
  const torn = Buffer.from(whole);
  torn.fill(0xff, 31, 36);
  expect(await unpacked(torn)).toContain("The archive is not unpacked: It is damaged");
});

test("an archive that is larger than what it may hold is not looked at", async () => {
  expect(await unpacked(Buffer.alloc(1_048_576 + 11), { totalBytes: 10 })).toContain("It is larger than 1048586 bytes");
});

test("an abort ends it", async () => {
  expect(await unpacked([{ name: "a" }], {}, AbortSignal.abort(new Error("enough")))).toBe("enough");
});
