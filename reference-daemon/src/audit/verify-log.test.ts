import { appendFileSync, rmSync, truncateSync } from "node:fs";

import { chainEvent } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { chained, events, temporaryAuditFolder, unchained, writeLog } from "../../test/audit-folder.ts";
import type { AuditFolder } from "../../test/audit-folder.ts";
import { FaultyFileSystem } from "../../test/faulty-file-system.ts";
import { checkpointText } from "./checkpoint.ts";
import { eventLine } from "./event-line.ts";
import { verifyLog } from "./verify-log.ts";
import type { LogVerdict } from "./verify-log.ts";

const all = events(5);

async function verdictAfter(change: (place: AuditFolder) => void): Promise<LogVerdict> {
  using place = temporaryAuditFolder();
  await writeLog(place.folder, all);
  change(place);
  return await verifyLog(place.folder);
}

/** Each line with its LF. */
function changeLines(change: (lines: string[]) => string[]): (place: AuditFolder) => void {
  return (place) => place.write("audit.jsonl", change(place.read("audit.jsonl").match(/[^\n]*\n/gu) ?? []).join(""));
}

describe("intact", () => {
  test("is a log that nobody changed, with its head", async () => {
    const head = { seq: 5, hash: all[4]?.hash };
    expect(await verdictAfter(() => {})).toEqual({ status: "intact", events: 5, head });
  });

  test("is a log without events", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, []);
    expect(await verifyLog(place.folder)).toEqual({ status: "intact", events: 0, head: null });
  });

  test("is a log that went on after its checkpoint", async () => {
    const more = events(300, { seq: 5, hash: all[4]?.hash ?? "" });
    const verdict = await verdictAfter(({ path }) => appendFileSync(path("audit.jsonl"), Buffer.concat(more.map(eventLine))));
    expect(verdict).toMatchObject({ status: "intact", events: 305 });
  });

  test("is a log with lines that are longer than what is read at once", async () => {
    using place = temporaryAuditFolder();
    const lengths = [10, 65_000, 65_536, 200_000, 1_000_000, 1];
    await writeLog(place.folder, chained(lengths.map((length) => unchained({ reason: "é".repeat(length / 2) }))));
    expect(await verifyLog(place.folder)).toMatchObject({ status: "intact", events: 6 });
  });
});

describe("broken", () => {
  const cases: [string, number, RegExp, (lines: string[]) => string[]][] = [
    ["an edit", 2, /hash is not the hash/u, (lines) => lines.with(1, lines[1]?.replace("proxy", "praxy") ?? "")],
    ["an edit with a new hash", 3, /does not follow/u, (lines) => lines.with(1, String(eventLine(rehashed(1))))],
    ["a deletion", 2, /does not follow/u, (lines) => lines.toSpliced(1, 1)],
    ["a deletion of the first", 1, /does not follow/u, (lines) => lines.slice(1)],
    ["a swap", 2, /does not follow/u, (lines) => [lines[0], lines[2], lines[1], ...lines.slice(3)].map(String)],
    ["a line that is there twice", 3, /does not follow/u, (lines) => lines.toSpliced(1, 0, lines[1] ?? "")],
    ["a line that is no JSON", 4, /not JSON/u, (lines) => lines.toSpliced(3, 0, "{\n")],
    ["a line that is no event", 4, /not an event/u, (lines) => lines.toSpliced(3, 0, "{}\n")],
    ["a blank line", 3, /blank/u, (lines) => lines.toSpliced(2, 0, "\n")],
    ["a blank line at the end", 6, /blank/u, (lines) => [...lines, "\n"]],
    ["a byte order mark", 1, /byte order mark/u, (lines) => ["\uFEFF", ...lines]],
    ["CR LF", 2, /CR LF/u, (lines) => lines.with(1, lines[1]?.replace("\n", "\r\n") ?? "")],
    ["white space", 2, /not written as the log/u, (lines) => lines.with(1, lines[1]?.replace(",", ", ") ?? "")],
    ["a member twice", 2, /not written as the log/u, (lines) => lines.with(1, lines[1]?.replace("{", '{"v":1,') ?? "")],
    ["an escape", 2, /not written as the log/u, (lines) => lines.with(1, lines[1]?.replace("proxy", "\\u0070roxy") ?? "")],
    ["a line over a mebibyte", 2, /longer than/u, (lines) => lines.toSpliced(1, 0, `${"x".repeat(1_048_577)}\n`)],
    ["a mebibyte without an end", 6, /longer than/u, (lines) => [...lines, "x".repeat(1_048_577)]],
    ["events written anew with all their hashes", 5, /not the event that audit\.head knows/u, rewritten],
  ];

  test.each(cases)("is %s, at line %i", async (_, line, problem, change) => {
    expect(await verdictAfter(changeLines(change))).toEqual({ status: "broken", line, problem: expect.stringMatching(problem) as unknown });
  });

  test("is a byte that is not UTF-8", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, chained([unchained({ reason: "\uFFFD" })]));
    const content = Buffer.from(place.read("audit.jsonl"));
    const at = content.indexOf("\uFFFD");
    place.write("audit.jsonl", Buffer.concat([content.subarray(0, at), Buffer.from([0xff]), content.subarray(at + 3)]));
    expect(await verifyLog(place.folder)).toMatchObject({ status: "broken", line: 1 });
  });

  test.each<[string, RegExp, (place: AuditFolder) => void]>([
    ["was removed", /audit\.head was removed/u, ({ path }) => rmSync(path("audit.head"))],
    ["was removed with its key", /audit\.key and audit\.head were removed/u, removeBoth],
    ["has no key any more", /audit\.key was removed/u, ({ path }) => rmSync(path("audit.key"))],
    ["has a key of another length", /does not hold 32 bytes/u, ({ path }) => appendFileSync(path("audit.key"), "\n")],
    ["has another key", /mac/u, ({ write }) => write("audit.key", Buffer.alloc(32))],
    ["has another seq", /mac/u, (place) => place.write("audit.head", place.read("audit.head").replace('"seq":5', '"seq":4'))],
    ["has another mac", /mac/u, ({ write }) => write("audit.head", checkpointText(Buffer.alloc(32), null))],
    ["is no JSON", /is not a checkpoint/u, ({ write }) => write("audit.head", "")],
    ["has more members", /is not a checkpoint/u, (place) => place.write("audit.head", place.read("audit.head").replace("{", '{"a":1,'))],
    ["is too large", /is not a checkpoint/u, ({ path }) => appendFileSync(path("audit.head"), " ".repeat(5_000))],
  ])("is a checkpoint that %s, at no line", async (_, problem, change) => {
    expect(await verdictAfter(change)).toEqual({ status: "broken", line: null, problem: expect.stringMatching(problem) as unknown });
  });

  test("says the line rather than the checkpoint where both are wrong", async () => {
    const verdict = await verdictAfter((place) => {
      changeLines((lines) => lines.toSpliced(2, 1))(place);
      rmSync(place.path("audit.head"));
    });
    expect(verdict).toMatchObject({ status: "broken", line: 3 });
  });
});

describe("truncated", () => {
  test.each<[string, number, RegExp, (place: AuditFolder) => void]>([
    ["without its last event", 4, /ends at 4 and had come to 5/u, changeLines((lines) => lines.slice(0, -1))],
    ["without any event", 0, /ends at 0 and had come to 5/u, ({ path }) => truncateSync(path("audit.jsonl"), 0)],
    ["without its last LF", 4, /ends at 4 and had come to 5/u, changeLines((lines) => [lines.join("").slice(0, -1)])],
    ["that was removed", 0, /audit\.jsonl was removed/u, ({ path }) => rmSync(path("audit.jsonl"))],
  ])("is a log %s", async (_, count, problem, change) => {
    const expected = { status: "truncated", events: count, expectedSeq: 5, problem: expect.stringMatching(problem) as unknown };
    expect(await verdictAfter(change)).toEqual(expected);
  });

  test("is a log whose line after the checkpoint has no end", async () => {
    const verdict = await verdictAfter(({ path }) => appendFileSync(path("audit.jsonl"), "{"));
    const problem = expect.stringMatching(/its last line has no end/u) as unknown;
    expect(verdict).toEqual({ status: "truncated", events: 5, expectedSeq: 6, problem });
  });

  test.each(["audit.head", "audit.key"])("is a log of which there is only %s", async (name) => {
    const others = ["audit.jsonl", "audit.head", "audit.key"].filter((other) => other !== name);
    const verdict = await verdictAfter(({ path }) => others.forEach((other) => rmSync(path(other))));
    expect(verdict).toMatchObject({ status: "truncated", events: 0, expectedSeq: 1 });
  });
});

test("what was never a log is missing", async () => {
  using place = temporaryAuditFolder();
  await expect(verifyLog(place.folder)).rejects.toMatchObject({ code: "MISSING", message: `There is no audit log in ${place.folder}` });
});

test("nothing is written", async () => {
  using place = temporaryAuditFolder();
  await writeLog(place.folder, all);
  const fileSystem = new FaultyFileSystem();
  await verifyLog(place.folder, { fileSystem });
  expect(fileSystem.calls).toEqual(["open audit.key", "open audit.head", "open audit.jsonl"]);
});

describe("any one change of a log with a checkpoint of the whole is noticed", () => {
  const anyEvent = fc.record({
    type: fc.constantFrom("elevation.requested", "tool.exec.denied", "gate.started"),
    reason: fc.option(fc.string({ unit: "binary", maxLength: 30 })),
    monoMs: fc.nat(),
    remainingMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
    cause: fc.option(fc.string({ maxLength: 10 })),
  } as const);
  const anyLog = fc.array(anyEvent, { minLength: 1, maxLength: 20 }).map((list) => chained(list.map(unchained)));
  const position = fc.nat({ max: 10_000 });
  const anyChange = fc.oneof(
    fc.record({ kind: fc.constant("byte"), at: position, to: fc.integer({ min: 0, max: 255 }) } as const),
    fc.record({ kind: fc.constant("text"), at: position, text: fc.string({ unit: "binary", maxLength: 20 }) } as const),
    fc.record({ kind: fc.constant("event"), at: position, event: anyEvent } as const),
    fc.record({ kind: fc.constant("delete"), at: position } as const),
    fc.record({ kind: fc.constant("swap"), at: position, with: position } as const),
    fc.record({ kind: fc.constant("insert"), at: position, text: fc.string({ unit: "binary", maxLength: 20 }) } as const),
    fc.record({ kind: fc.constant("insert-event"), at: position, event: anyEvent } as const),
    fc.record({ kind: fc.constant("duplicate"), at: position, to: position } as const),
    fc.record({ kind: fc.constant("cut-lines"), at: position } as const),
    fc.record({ kind: fc.constant("cut-bytes"), at: position } as const),
  );
  type Change = typeof anyChange extends fc.Arbitrary<infer Value> ? Value : never;

  /** The content of the file after the change. */
  function changed(log: ReturnType<typeof events>, change: Change): Buffer {
    const lines = log.map(eventLine);
    const whole = Buffer.concat(lines);
    const at = change.at % lines.length;
    const line = lines[at] ?? Buffer.alloc(0);
    switch (change.kind) {
      case "byte":
        return whole.fill(change.to, change.at % whole.length, (change.at % whole.length) + 1);
      case "text":
        return Buffer.concat(lines.with(at, Buffer.from(`${change.text}\n`)));
      case "event":
        return Buffer.concat(lines.with(at, eventLine(chainEvent(unchained(change.event), before(log, at)))));
      case "delete":
        return Buffer.concat(lines.toSpliced(at, 1));
      case "swap":
        return Buffer.concat(lines.with(at, lines[change.with % lines.length] ?? line).with(change.with % lines.length, line));
      case "insert":
        return Buffer.concat(lines.toSpliced(change.at % (lines.length + 1), 0, Buffer.from(`${change.text}\n`)));
      case "insert-event":
        return Buffer.concat(lines.toSpliced(at, 0, eventLine(chainEvent(unchained(change.event), before(log, at)))));
      case "duplicate":
        return Buffer.concat(lines.toSpliced(change.to % (lines.length + 1), 0, line));
      case "cut-lines":
        return Buffer.concat(lines.slice(0, at));
      case "cut-bytes":
        return whole.subarray(0, change.at % whole.length);
    }
  }

  function before(log: ReturnType<typeof events>, at: number): { readonly seq: number; readonly hash: string } | null {
    const event = log[at - 1];
    return event ? { seq: event.seq, hash: event.hash } : null;
  }

  test("in the log", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, []);
    const key = Buffer.alloc(32, 7);
    place.write("audit.key", key);
    await fc.assert(
      fc.asyncProperty(anyLog, anyChange, async (log, change) => {
        const last = log.at(-1);
        const whole = Buffer.concat(log.map(eventLine));
        const content = changed(log, change);
        place.write("audit.head", checkpointText(key, last ? { seq: last.seq, hash: last.hash } : null));
        place.write("audit.jsonl", content);
        const { status } = await verifyLog(place.folder);
        expect(status === "intact").toBe(content.equals(whole));
      }),
      { numRuns: 800 },
    );
  });
});

/** The second event with another reason, and the hash for it. */
function rehashed(index: number): (typeof all)[number] {
  const before = all[index - 1];
  return chainEvent(unchained({ reason: "another" }), before ? { seq: before.seq, hash: before.hash } : null);
}

function rewritten(lines: string[]): string[] {
  const anew = events(3, { seq: 2, hash: all[1]?.hash ?? "" }).map(({ seq: _seq, prevHash: _prevHash, hash: _hash, ...event }) => event);
  const others = chained(
    anew.map((event) => ({ ...event, reason: "another" })),
    { seq: 2, hash: all[1]?.hash ?? "" },
  );
  return [...lines.slice(0, 2), ...others.map((event) => String(eventLine(event)))];
}

function removeBoth({ path }: AuditFolder): void {
  rmSync(path("audit.head"));
  rmSync(path("audit.key"));
}
