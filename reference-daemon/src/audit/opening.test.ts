import { appendFileSync, readFileSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";

import { chainEvent } from "@flynn/sdk/elevation-gate";
import { describe, expect, test } from "vitest";

import { events, temporaryAuditFolder, unchained, writeLog } from "../../test/audit-folder.ts";
import type { AuditFolder } from "../../test/audit-folder.ts";
import { FaultyFileSystem } from "../../test/faulty-file-system.ts";
import { AuditLog } from "./audit-log.ts";
import { checkpointText } from "./checkpoint.ts";
import { eventLine } from "./event-line.ts";
import { verifyLog } from "./verify-log.ts";

describe("a line that a crash tore", () => {
  test("is moved to a file of its own, and the log goes on before it", async () => {
    using place = temporaryAuditFolder();
    const all = events(3);
    await writeLog(place.folder, all.slice(0, 2));
    const whole = place.read("audit.jsonl");
    for (const [index, torn] of ['{"v":1,"seq"', "\u0000\u0000"].entries()) {
      appendFileSync(place.path("audit.jsonl"), torn);
      const log = await AuditLog.open(place.folder);
      expect(log.head).toEqual({ seq: 2, hash: all[1]?.hash });
      await log.close();
      expect(place.read("audit.jsonl")).toBe(whole);
      const name = index === 0 ? "audit.torn-3.txt" : "audit.torn-3-2.txt";
      expect(place.read(name)).toBe(torn);
      expect(statSync(place.path(name)).mode & 0o777).toBe(0o600);
    }
    await writeLog(place.folder, all.slice(2));
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 3 });
  });

  test("may be the first one", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, []);
    appendFileSync(place.path("audit.jsonl"), "{");
    await writeLog(place.folder, events(1));
    expect(place.read("audit.torn-1.txt")).toBe("{");
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 1 });
  });

  test("stays where it is as long as it cannot be saved", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(1));
    appendFileSync(place.path("audit.jsonl"), "torn");
    const before = place.read("audit.jsonl");
    const fileSystem = new FaultyFileSystem();
    fileSystem.fail("datasync", "audit.torn-2.txt", "ENOSPC");
    await expect(AuditLog.open(place.folder, { fileSystem })).rejects.toMatchObject({ code: "ENOSPC" });
    expect(place.read("audit.jsonl")).toBe(before);
    expect(readdirSync(place.folder).toSorted()).toEqual(["audit.head", "audit.jsonl", "audit.key"]);
  });
});

test("events after the checkpoint are gone on with", async () => {
  using place = temporaryAuditFolder();
  const all = events(400);
  await writeLog(place.folder, all.slice(0, 3));
  appendFileSync(place.path("audit.jsonl"), Buffer.concat(all.slice(3).map(eventLine)));
  const log = await AuditLog.open(place.folder);
  expect(log.head).toEqual({ seq: 400, hash: all.at(-1)?.hash });
  await log.close();
  expect(JSON.parse(place.read("audit.head"))).toMatchObject({ seq: 400 });
});

test("the head is read from the end of the file", async () => {
  using place = temporaryAuditFolder();
  const all = events(2_000);
  await writeLog(place.folder, all);
  const content = readFileSync(place.path("audit.jsonl"));
  content.fill("x", 0, Math.floor(content.length / 2));
  place.write("audit.jsonl", content);
  const log = await AuditLog.open(place.folder);
  expect(log.head?.seq).toBe(2_000);
  await log.close();
});

describe("a log that was changed is not gone on with, so that the next checkpoint does not hide it", () => {
  const cases: [string, (place: AuditFolder) => void][] = [
    ["its last line is no event", ({ path }) => appendFileSync(path("audit.jsonl"), "{}\n")],
    ["its last line is blank", ({ path }) => appendFileSync(path("audit.jsonl"), "\n")],
    ["its last line is not JSON", ({ path }) => appendFileSync(path("audit.jsonl"), "{\n")],
    ["a whole line was cut off", (place) => cutLines(place, 1)],
    ["all lines were cut off", ({ path }) => truncateSync(path("audit.jsonl"), 0)],
    ["a byte was cut off", ({ path }) => truncateSync(path("audit.jsonl"), statSync(path("audit.jsonl")).size - 1)],
    ["it was removed", ({ path }) => rmSync(path("audit.jsonl"))],
    ["its checkpoint was removed", ({ path }) => rmSync(path("audit.head"))],
    ["its checkpoint is no checkpoint", ({ write }) => write("audit.head", "[]")],
    ["its checkpoint is of another key", ({ write }) => write("audit.head", checkpointText(Buffer.alloc(32), null))],
    ["its key was removed", ({ path }) => rmSync(path("audit.key"))],
    ["its key was cut", ({ path }) => truncateSync(path("audit.key"), 31)],
    ["its key is longer", ({ path }) => appendFileSync(path("audit.key"), "x")],
    ["its key and its checkpoint were removed", ({ path }) => ["audit.key", "audit.head"].forEach((name) => rmSync(path(name)))],
    ["its key and its events were removed", ({ path }) => (truncateSync(path("audit.jsonl"), 0), rmSync(path("audit.key")))],
    ["its last event was written anew", rewriteLast],
    ["what is before the checkpoint was removed", goOnFromElsewhere],
    ["an event after the checkpoint was left out", leaveOutFifth],
    ["a line is too long", ({ path }) => appendFileSync(path("audit.jsonl"), `${"x".repeat(1_100_000)}\n`)],
    ["what follows the last line is too long", ({ path }) => appendFileSync(path("audit.jsonl"), "x".repeat(1_100_000))],
  ];

  test.each(cases)("%s", async (_, change) => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(3));
    change(place);
    const before = readdirSync(place.folder).map((name) => place.read(name));
    const opening = AuditLog.open(place.folder);
    await expect(opening).rejects.toMatchObject({ code: "DAMAGED" });
    await expect(opening).rejects.toThrow(/Run flynn audit verify/u);
    expect(readdirSync(place.folder).map((name) => place.read(name))).toEqual(before);
    expect((await verifyLog(place.folder)).status).not.toBe("intact");
  });
});

test("what was cut off its end is said to be that", async () => {
  using place = temporaryAuditFolder();
  await writeLog(place.folder, events(3));
  cutLines(place, 1);
  await expect(AuditLog.open(place.folder)).rejects.toThrow(/it ends at 2 and had come to 3: its end was cut off/u);
});

function leaveOutFifth(place: AuditFolder): void {
  appendFileSync(place.path("audit.jsonl"), Buffer.concat(events(8).slice(3).toSpliced(1, 1).map(eventLine)));
}

function cutLines(place: AuditFolder, count: number): void {
  place.write(
    "audit.jsonl",
    place
      .read("audit.jsonl")
      .split("\n")
      .slice(0, -1 - count)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

function rewriteLast(place: AuditFolder): void {
  const [first, second] = events(2);
  if (!first || !second) throw new Error("there are two");
  const third = chainEvent(unchained({ reason: "another" }), { seq: 2, hash: second.hash });
  place.write("audit.jsonl", Buffer.concat([first, second, third].map(eventLine)));
}

function goOnFromElsewhere(place: AuditFolder): void {
  const [, , , ...more] = events(6);
  place.write("audit.jsonl", Buffer.concat(more.map(eventLine)));
}
