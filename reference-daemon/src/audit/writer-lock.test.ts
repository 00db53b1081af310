import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { events, temporaryAuditFolder, writeLog } from "../../test/audit-folder.ts";
import type { AuditFolder } from "../../test/audit-folder.ts";
import { FaultyFileSystem } from "../../test/faulty-file-system.ts";
import { AuditLog } from "./audit-log.ts";
import { processStart } from "./process-start.ts";

function lock(place: AuditFolder, content: unknown): void {
  mkdirSync(place.folder, { mode: 0o700, recursive: true });
  place.write("audit.lock", typeof content === "string" ? content : JSON.stringify(content));
}

test("a log that this process has open is not opened twice", async () => {
  using place = temporaryAuditFolder();
  const log = await AuditLog.open(place.folder);
  await expect(AuditLog.open(place.folder)).rejects.toThrow(`already written by process ${process.pid}, which is this one`);
  for (const event of events(2)) await log.append(event);
  await log.close();
  await writeLog(place.folder, []);
});

describe("the log of a process that lives is refused, with its id", () => {
  test.each<[string, (ppid: number) => Promise<string | null>]>([
    ["by its start", processStart],
    ["by its id alone, where the start is not known", () => Promise.resolve(null)],
  ])("%s", async (_, startOf) => {
    using place = temporaryAuditFolder();
    lock(place, { pid: process.ppid, start: await startOf(process.ppid), token: "theirs" });
    const before = place.read("audit.lock");
    const opening = AuditLog.open(place.folder);
    await expect(opening).rejects.toMatchObject({ code: "LOCKED" });
    await expect(opening).rejects.toThrow(`already written by process ${process.ppid} (${place.path("audit.lock")}). Stop it first`);
    expect(place.read("audit.lock")).toBe(before);
    expect(existsSync(place.path("audit.jsonl"))).toBe(false);
  });
});

describe("the lock of a process that is gone is taken over", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  test.each([
    ["whose id nobody has", { pid, start: null, token: "old" }],
    ["whose id another has now", { pid: process.ppid, start: "another-boot/1", token: "old" }],
    ["whose id this one has now, as in a container that was started again", { pid: process.pid, start: "another-boot/1", token: "old" }],
  ])("%s", async (_, holder) => {
    using place = temporaryAuditFolder();
    lock(place, holder);
    const log = await AuditLog.open(place.folder);
    expect(JSON.parse(place.read("audit.lock"))).toMatchObject({ pid: process.pid });
    await log.close();
    expect(existsSync(place.path("audit.lock"))).toBe(false);
  });
});

test.each(["", "x", "{}", '{"pid":0,"start":null,"token":""}', "y".repeat(2_000)])(
  "a lock that says %j is left to people",
  async (content) => {
    using place = temporaryAuditFolder();
    lock(place, content);
    await expect(AuditLog.open(place.folder)).rejects.toThrow(/does not say which process holds it\. If no other flynn runs, remove it/u);
    expect(place.read("audit.lock")).toBe(content);
  },
);

test("a stale lock that another takes over in the same moment is theirs, and nothing is made", async () => {
  using place = temporaryAuditFolder();
  class Overtaken extends FaultyFileSystem {
    override async open(path: string, flags: number, mode?: number): ReturnType<FaultyFileSystem["open"]> {
      if (path === place.path("audit.key")) lock(place, { pid: process.ppid, start: null, token: "theirs" });
      return await super.open(path, flags, mode);
    }
  }
  await expect(AuditLog.open(place.folder, { fileSystem: new Overtaken() })).rejects.toThrow(/took .+ at the same time/u);
  expect(readdirSync(place.folder)).toEqual(["audit.lock"]);
});

test("a lock that another took meanwhile is not removed", async () => {
  using place = temporaryAuditFolder();
  const log = await AuditLog.open(place.folder);
  lock(place, { pid: process.ppid, start: null, token: "theirs" });
  await log.close();
  expect(existsSync(place.path("audit.lock"))).toBe(true);
});
