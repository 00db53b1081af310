import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, linkSync, readFileSync, readdirSync, renameSync, statSync, truncateSync, unlinkSync } from "node:fs";
import process from "node:process";

import { auditEventSchema, chainEvent, verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEventType } from "@flynn/sdk/elevation-gate";
import { describe, expect, onTestFinished, test } from "vitest";

import { chained, events, temporaryAuditFolder, unchained, writeLog } from "../../test/audit-folder.ts";
import { FaultyFileSystem } from "../../test/faulty-file-system.ts";
import { AuditLog } from "./audit-log.ts";

describe("the file", () => {
  test("has one event a line, in the order of the schema's members, with LF only", async () => {
    using place = temporaryAuditFolder();
    const all = chained([unchained({ reason: "naïve\r\n\u2028 \u{1F600}" }), unchained()]);
    const shuffled = all.map((event) => Object.fromEntries(Object.entries(event).toReversed()) as typeof event);
    await writeLog(place.folder, shuffled);
    const lines = place.read("audit.jsonl").split("\n");
    expect(lines).toEqual([...all.map((event) => JSON.stringify(auditEventSchema.parse(event))), ""]);
    expect(Object.keys(JSON.parse(lines[0] ?? "") as object)).toEqual(Object.keys(auditEventSchema.shape));
    expect(verifyChain(lines.slice(0, -1).map((line) => JSON.parse(line) as unknown))).toBeUndefined();
  });

  test.each([0, 0o077])("and its folder are ours alone, with the umask %o", async (mask) => {
    using place = temporaryAuditFolder();
    const before = process.umask(mask);
    onTestFinished(() => void process.umask(before));
    const log = await AuditLog.open(place.folder);
    expect(mode(place.folder)).toBe(0o700);
    await log.append(chainEvent(unchained({ type: "tool.exec.start" }), null));
    const names = readdirSync(place.folder).toSorted();
    expect(names).toEqual(["audit.head", "audit.jsonl", "audit.key", "audit.lock"]);
    expect(names.map((name) => mode(place.path(name)))).toEqual([0o600, 0o600, 0o600, 0o600]);
    await log.close();
  });

  test("is not passed on to a child process", async () => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    const inherited = execFileSync(process.execPath, ["-e", LIST_DESCRIPTORS], { encoding: "utf8" });
    expect(inherited).not.toContain(place.parent);
    await log.close();
  });

  test("has the events of every time that it was open, and the head of the last", async () => {
    using place = temporaryAuditFolder();
    const all = events(5);
    for (const event of all) {
      const log = await AuditLog.open(place.folder);
      expect(log.head?.seq ?? 0).toBe(event.seq - 1);
      await log.append(event);
      expect(log.head).toEqual({ seq: event.seq, hash: event.hash });
      await log.close();
    }
    expect(place.read("audit.jsonl").split("\n")).toHaveLength(6);
  });
});

const LIST_DESCRIPTORS = `
  const { readdirSync, readlinkSync } = require("node:fs");
  for (const fd of readdirSync("/proc/self/fd")) try { console.log(readlinkSync("/proc/self/fd/" + fd)) } catch {}`;

describe("append", () => {
  test("writes each event with one write, and syncs those that must outlast a power cut, with a checkpoint", async () => {
    using place = temporaryAuditFolder();
    const fileSystem = new FaultyFileSystem();
    const log = await AuditLog.open(place.folder, { fileSystem });
    const types = auditEventSchema.shape.type.options;
    const synced: AuditEventType[] = [];
    for (const [index, event] of chained(types.map((type) => unchained({ type }))).entries()) {
      fileSystem.calls.length = 0;
      await log.append(event);
      const type = types[index];
      if (fileSystem.calls.includes("datasync audit.jsonl") && type) synced.push(type);
      expect(fileSystem.calls.filter((call) => call === "write audit.jsonl")).toHaveLength(1);
      const last = fileSystem.calls.slice(-1);
      expect(last).toEqual(fileSystem.calls.includes("datasync audit.jsonl") ? ["rename audit.head"] : ["write audit.jsonl"]);
    }
    expect(synced).toEqual(["elevation.activated", "elevation.revoked", "tool.exec.start"]);
    await log.close();
  });

  test("refuses an event that does not follow the head, or is none, and leaves the log as it is", async () => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    const [first, second, third] = events(3);
    if (!first || !second || !third) throw new Error("there are three");
    await log.append(first);
    const before = place.read("audit.jsonl");
    const wrong = [
      first,
      third,
      chainEvent(unchained(), null),
      chainEvent(unchained(), { seq: 1, hash: "a".repeat(64) }),
      { ...second, reason: "another" },
      { ...second, extra: 1 },
      { ...second, seq: 1.5 },
    ];
    for (const event of wrong) await expect(log.append(event)).rejects.toMatchObject({ code: "OUT_OF_PLACE" });
    expect(place.read("audit.jsonl")).toBe(before);
    await log.append(second);
    await log.append(third);
    await log.close();
  });

  test("refuses an event that is longer than a line may be", async () => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    const long = chainEvent(unchained({ reason: "x".repeat(1_048_576) }), null);
    await expect(log.append(long)).rejects.toMatchObject({ code: "OUT_OF_PLACE" });
    await log.append(chainEvent(unchained({ reason: "x".repeat(1_047_000) }), null));
    await log.close();
    const again = await AuditLog.open(place.folder);
    expect(again.head?.seq).toBe(1);
    await again.close();
  });

  test("takes events one after another, whoever waits", async () => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    const all = events(20);
    const closed = Promise.all([...all.map((event) => log.append(event)), log.close()]);
    await closed;
    expect(place.read("audit.jsonl").split("\n")).toHaveLength(21);
    expect(JSON.parse(place.read("audit.head"))).toMatchObject({ v: 1, seq: 20, hash: all.at(-1)?.hash });
  });

  test("is refused after close, which may be called twice", async () => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    await Promise.all([log.close(), log.close()]);
    await expect(log.append(chainEvent(unchained(), null))).rejects.toMatchObject({ code: "UNUSABLE" });
    expect(existsSync(place.path("audit.lock"))).toBe(false);
  });

  test.each<[string, (path: string) => void]>([
    ["cut", (path) => truncateSync(path, 10)],
    ["moved", (path) => renameSync(path, `${path}.1`)],
    ["removed", (path) => unlinkSync(path)],
    ["replaced", (path) => (copyFileSync(path, `${path}.1`), renameSync(`${path}.1`, path))],
    ["given a second name", (path) => linkSync(path, `${path}.2`)],
  ])("is refused once something else has %s the file, which stays as it is", async (_, change) => {
    using place = temporaryAuditFolder();
    const log = await AuditLog.open(place.folder);
    const [first, second, third] = events(3);
    if (!first || !second || !third) throw new Error("there are three");
    await log.append(first);
    change(place.path("audit.jsonl"));
    const left = readdirSync(place.folder).map((name) => readFileSync(place.path(name), "utf8"));
    await expect(log.append(second)).rejects.toMatchObject({ code: "UNUSABLE" });
    await expect(log.append(second)).rejects.toMatchObject({ code: "UNUSABLE" });
    expect(readdirSync(place.folder).map((name) => readFileSync(place.path(name), "utf8"))).toEqual(left);
    await log.close();
  });
});

function mode(path: string): number {
  return statSync(path).mode & 0o7777;
}
