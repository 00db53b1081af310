import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { events, temporaryAuditFolder, writeLog } from "../../test/audit-folder.ts";
import { AuditLog } from "./audit-log.ts";
import { tailLog } from "./tail-log.ts";
import { verifyLog } from "./verify-log.ts";

const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;

describe("the folder", () => {
  test("is made with those above it", async () => {
    using place = temporaryAuditFolder();
    const folder = `${place.parent}/state/flynn/audit`;
    await writeLog(folder, events(1));
    expect(await verifyLog(folder)).toMatchObject({ status: "intact" });
  });

  test.each(["", "/", "/."])("is refused where it is a link, written as <link>%s", async (ending) => {
    using place = temporaryAuditFolder();
    mkdirSync(`${place.parent}/elsewhere`, { mode: 0o700 });
    symlinkSync("elsewhere", place.folder);
    const opening = AuditLog.open(`${place.folder}${ending}`);
    await expect(opening).rejects.toMatchObject({ code: "UNSAFE" });
    await expect(opening).rejects.toThrow(`${place.folder}, the folder of the audit log, is a symbolic link. Name the folder`);
    expect(readdirSync(`${place.parent}/elsewhere`)).toEqual([]);
  });

  test("is refused where it is a file", async () => {
    using place = temporaryAuditFolder();
    writeFileSync(place.folder, "x");
    await expect(AuditLog.open(place.folder)).rejects.toThrow(/is not a folder\. Move it away/u);
  });

  test.each([0o750, 0o701, 0o770, 0o702])("is refused with the mode %o, and nothing is made in it", async (mode) => {
    using place = temporaryAuditFolder();
    mkdirSync(place.folder);
    chmodSync(place.folder, mode);
    await expect(AuditLog.open(place.folder)).rejects.toThrow(
      `has the mode 0${mode.toString(8)}, so that others get at it. Run: chmod 700 ${place.folder}`,
    );
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test.runIf(isRoot)("is refused where it belongs to another", async () => {
    using place = temporaryAuditFolder();
    mkdirSync(place.folder, { mode: 0o700 });
    chownSync(place.folder, NOBODY, NOBODY);
    await expect(AuditLog.open(place.folder)).rejects.toThrow(/belongs to another user/u);
  });
});

describe.each(["audit.jsonl", "audit.head", "audit.key"])("%s", (name) => {
  async function refused(prepare: (path: string, parent: string) => void): Promise<string> {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(2));
    prepare(place.path(name), place.parent);
    const before = readdirSync(place.folder);
    const error: unknown = await AuditLog.open(place.folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNSAFE" });
    expect(readdirSync(place.folder)).toEqual(before);
    return error instanceof Error ? error.message : "";
  }

  test("is refused where it is a link", async () => {
    const message = await refused((path, parent) => {
      renameSync(path, `${parent}/target`);
      symlinkSync("../target", path);
    });
    expect(message).toMatch(new RegExp(`/${name} is a symbolic link\\. Find out`, "u"));
  });

  test("is refused where it is a FIFO, without waiting for anybody", async () => {
    const message = await refused((path) => {
      renameSync(path, `${path}.old`);
      execFileSync("mkfifo", ["-m", "600", path]);
    });
    expect(message).toContain("is not a regular file");
  });

  test("is refused where it has a second name", async () => {
    expect(await refused((path, parent) => linkSync(path, `${parent}/second`))).toContain("has 2 names (hard links)");
  });

  test.each([0o640, 0o604, 0o400, 0o4600])("is refused with the mode %o", async (mode) => {
    expect(await refused((path) => chmodSync(path, mode))).toContain(
      `has the mode ${mode.toString(8).padStart(4, "0")} and must have 0600`,
    );
  });

  test.runIf(isRoot)("is refused where it belongs to another", async () => {
    expect(await refused((path) => chownSync(path, NOBODY, NOBODY))).toContain("belongs to another user");
  });
});

test("a link that was put in the way of a new file is not followed", async () => {
  using place = temporaryAuditFolder();
  mkdirSync(place.folder, { mode: 0o700 });
  const target = `${place.parent}/target`;
  writeFileSync(target, "precious");
  for (const name of ["audit.head.new", "audit.key.new"]) symlinkSync(target, place.path(name));
  await writeLog(place.folder, events(1));
  expect(readFileSync(target, "utf8")).toBe("precious");
  for (const name of ["audit.jsonl", "audit.lock"]) {
    using other = temporaryAuditFolder();
    mkdirSync(other.folder, { mode: 0o700 });
    symlinkSync(`${other.parent}/new`, other.path(name));
    await expect(AuditLog.open(other.folder)).rejects.toMatchObject({ code: "UNSAFE" });
    expect(readdirSync(other.parent)).toEqual(["audit"]);
  }
});

test("reading takes a copy with other modes and owners, and neither a link nor a FIFO", async () => {
  using place = temporaryAuditFolder();
  await writeLog(place.folder, events(2));
  for (const name of readdirSync(place.folder)) chmodSync(place.path(name), 0o644);
  chmodSync(place.folder, 0o755);
  expect(await verifyLog(place.folder)).toMatchObject({ status: "intact" });
  expect(await tailLog(place.folder, 5)).toHaveLength(2);
  renameSync(place.path("audit.jsonl"), place.path("moved"));
  symlinkSync("moved", place.path("audit.jsonl"));
  await expect(verifyLog(place.folder)).rejects.toMatchObject({ code: "UNSAFE" });
  await expect(tailLog(place.folder, 5)).rejects.toMatchObject({ code: "UNSAFE" });
  renameSync(place.path("moved"), place.path("audit.jsonl"));
  renameSync(place.path("audit.head"), place.path("fifo"));
  execFileSync("mkfifo", [place.path("audit.head")]);
  await expect(verifyLog(place.folder)).rejects.toMatchObject({ code: "UNSAFE" });
});
