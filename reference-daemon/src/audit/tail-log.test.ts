import { appendFileSync, readFileSync, truncateSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import { chained, events, temporaryAuditFolder, unchained, writeLog } from "../../test/audit-folder.ts";
import { eventLine } from "./event-line.ts";
import { tailLog } from "./tail-log.ts";

test("the last lines, oldest first, and fewer where there are fewer", async () => {
  using place = temporaryAuditFolder();
  const all = events(5);
  await writeLog(place.folder, all);
  expect(await tailLog(place.folder, 2)).toEqual(all.slice(3).map((event) => ({ event })));
  expect(await tailLog(place.folder, 9)).toEqual(all.map((event) => ({ event })));
  truncateSync(place.path("audit.jsonl"), 0);
  expect(await tailLog(place.folder, 2)).toEqual([]);
});

test("what is before them is not read", async () => {
  using place = temporaryAuditFolder();
  const all = events(2_000);
  await writeLog(place.folder, all);
  const content = readFileSync(place.path("audit.jsonl"));
  content.fill("x", 0, Math.floor(content.length / 2));
  place.write("audit.jsonl", content);
  expect(await tailLog(place.folder, 3)).toEqual(all.slice(-3).map((event) => ({ event })));
});

test("lines that say no event are given as they are, with the reason", async () => {
  using place = temporaryAuditFolder();
  const [first] = events(1);
  await writeLog(place.folder, first ? [first] : []);
  appendFileSync(place.path("audit.jsonl"), "\n{}\n\u001B[2J{");
  expect(await tailLog(place.folder, 5)).toEqual([
    { event: first },
    { text: "", problem: "it is blank" },
    { text: "{}", problem: "it is not an event of the audit log" },
    { text: "\u001B[2J{", problem: "it has no end" },
  ]);
});

test("a line that is too long ends it", async () => {
  using place = temporaryAuditFolder();
  const [first, second] = events(2);
  if (!first || !second) throw new Error("there are two");
  await writeLog(place.folder, [first]);
  appendFileSync(place.path("audit.jsonl"), Buffer.concat([Buffer.alloc(3_000_000, "x"), Buffer.from("\n"), eventLine(second)]));
  const entries = await tailLog(place.folder, 5);
  expect(entries).toMatchObject([{ problem: "it is longer than 1048576 bytes" }, { event: second }]);
});

test("no log is an error that says so", async () => {
  using place = temporaryAuditFolder();
  await expect(tailLog(place.folder, 1)).rejects.toMatchObject({ code: "MISSING" });
});

test("lines of any length are found, wherever the reads fall", async () => {
  using place = temporaryAuditFolder();
  await writeLog(place.folder, []);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.nat(500), fc.nat(140_000)), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (lengths, count) => {
        const all = chained(lengths.map((length) => unchained({ reason: "x".repeat(length) })));
        place.write("audit.jsonl", Buffer.concat(all.map(eventLine)));
        expect(await tailLog(place.folder, count)).toEqual(all.slice(-count).map((event) => ({ event })));
      },
    ),
    { numRuns: 60 },
  );
});
