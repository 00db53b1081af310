import { readdirSync } from "node:fs";

import { chainEvent } from "@flynn/sdk/elevation-gate";
import { describe, expect, test } from "vitest";

import { chained, events, temporaryAuditFolder, unchained } from "../../test/audit-folder.ts";
import type { AuditFolder } from "../../test/audit-folder.ts";
import { FaultyFileSystem } from "../../test/faulty-file-system.ts";
import { AuditLog } from "./audit-log.ts";
import { verifyLog } from "./verify-log.ts";

/** Two events that need a sync, after one that is in the log already. */
async function opened(place: AuditFolder, fileSystem: FaultyFileSystem) {
  const log = await AuditLog.open(place.folder, { fileSystem });
  const [first, ...rest] = chained([unchained(), unchained({ type: "elevation.activated" }), unchained({ type: "elevation.revoked" })]);
  const [second, third] = rest;
  if (!first || !second || !third) throw new Error("there are three");
  await log.append(first);
  return { log, first, second, third };
}

describe("an event that cannot be written", () => {
  test.each<[string, (fileSystem: FaultyFileSystem) => void]>([
    ["the disk is full", (fileSystem) => fileSystem.fail("write", "audit.jsonl", "ENOSPC")],
    ["half of it fits", (fileSystem) => fileSystem.writeShort("audit.jsonl", 100)],
    ["none of it fits", (fileSystem) => fileSystem.writeShort("audit.jsonl", 0)],
    ["it cannot be synced", (fileSystem) => fileSystem.fail("datasync", "audit.jsonl", "EIO")],
    ["the checkpoint cannot be made", (fileSystem) => fileSystem.fail("open", "audit.head.new", "ENOSPC")],
    ["the checkpoint cannot be written", (fileSystem) => fileSystem.fail("write", "audit.head.new", "ENOSPC")],
    ["half of the checkpoint fits", (fileSystem) => fileSystem.writeShort("audit.head.new", 10)],
    ["the checkpoint cannot be synced", (fileSystem) => fileSystem.fail("datasync", "audit.head.new", "EIO")],
    ["the checkpoint cannot be put in its place", (fileSystem) => fileSystem.fail("rename", "audit.head", "EIO")],
  ])("because %s leaves everything as it was, and another takes its place later", async (_, breakIt) => {
    using place = temporaryAuditFolder();
    const fileSystem = new FaultyFileSystem();
    const { log, first, second } = await opened(place, fileSystem);
    const before = contentOf(place);
    breakIt(fileSystem);
    await expect(log.append(second)).rejects.toMatchObject({ code: "NOT_WRITTEN", retryable: true });
    expect(contentOf(place)).toEqual(before);
    expect(log.head).toEqual({ seq: 1, hash: first.hash });
    fileSystem.heal();
    await log.append(chainEvent(unchained({ type: "elevation.activated", reason: "another" }), log.head));
    await log.close();
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 2 });
  });

  test("and cannot be taken back ends the use of the log until it is opened again", async () => {
    using place = temporaryAuditFolder();
    const fileSystem = new FaultyFileSystem();
    const { log, second } = await opened(place, fileSystem);
    fileSystem.writeShort("audit.jsonl", 100);
    fileSystem.fail("truncate", "audit.jsonl", "EIO");
    await expect(log.append(second)).rejects.toMatchObject({ code: "UNUSABLE" });
    fileSystem.heal();
    await expect(log.append(second)).rejects.toMatchObject({ code: "UNUSABLE" });
    await log.close();
    const again = await AuditLog.open(place.folder);
    expect(place.read("audit.torn-2.txt")).toHaveLength(100);
    await again.append(second);
    await again.close();
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 2 });
  });
});

test("a checkpoint that fails on close is told, and the log can be opened again with all its events", async () => {
  using place = temporaryAuditFolder();
  const fileSystem = new FaultyFileSystem();
  const { log } = await opened(place, fileSystem);
  fileSystem.fail("rename", "audit.head", "EIO");
  await expect(log.close()).rejects.toMatchObject({ code: "EIO" });
  expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 1 });
  const again = await AuditLog.open(place.folder);
  expect(again.head?.seq).toBe(1);
  await again.close();
});

describe("a log that is made", () => {
  test.each<[string, (fileSystem: FaultyFileSystem) => void]>([
    ["its file", (fileSystem) => fileSystem.fail("open", "audit.jsonl", "ENOSPC")],
    ["its first checkpoint", (fileSystem) => fileSystem.fail("write", "audit.head.new", "ENOSPC")],
    ["its key", (fileSystem) => fileSystem.fail("write", "audit.key.new", "ENOSPC")],
    ["the name of its key", (fileSystem) => fileSystem.fail("rename", "audit.key", "EIO")],
    ["its lock", (fileSystem) => fileSystem.fail("write", "audit.lock", "ENOSPC")],
  ])("and stops at %s is made as a whole the next time", async (_, breakIt) => {
    using place = temporaryAuditFolder();
    const fileSystem = new FaultyFileSystem();
    breakIt(fileSystem);
    await expect(AuditLog.open(place.folder, { fileSystem })).rejects.toThrow();
    expect(readdirSync(place.folder)).not.toContain("audit.lock");
    await expect(verifyLog(place.folder)).rejects.toMatchObject({ code: "MISSING" });
    const log = await AuditLog.open(place.folder);
    for (const event of events(2)) await log.append(event);
    await log.close();
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 2 });
  });
});

/** Every file with what is in it. */
function contentOf(place: AuditFolder): string[][] {
  return readdirSync(place.folder)
    .toSorted()
    .map((name) => [name, place.read(name)]);
}
