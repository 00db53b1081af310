import { appendFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { describe, expect, test } from "vitest";

import { chained, events, temporaryAuditFolder, unchained, writeLog } from "../../test/audit-folder.ts";
import { runCommand } from "../../test/command-line.ts";

const VERIFY = ["audit", "verify", "--dir"];
const TAIL = ["audit", "tail", "--dir"];

describe("flynn audit verify", () => {
  test("exits with 0 for a log that is intact", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, []);
    expect(await runCommand([...VERIFY, place.folder])).toEqual({
      status: 0,
      stdout: `intact  ${place.folder}  no events yet\n`,
      stderr: "",
    });
    const [event] = events(1);
    await writeLog(place.folder, event ? [event] : []);
    const { status, stdout } = await runCommand([...VERIFY, "audit"], { cwd: dirname(place.folder) });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `intact  ${place.folder}  1 event, the last with the hash ${event?.hash}\n` });
  });

  test("exits with 2 for one that is broken, and says the line", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(3));
    place.write("audit.jsonl", place.read("audit.jsonl").replace('"monoMs":1', '"monoMs":7'));
    const { status, stdout, stderr } = await runCommand([...VERIFY, place.folder]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(stdout).toBe(`broken  ${place.folder}  line 2: its hash is not the hash of what it says\n`);
    rmSync(place.path("audit.head"));
    place.write("audit.jsonl", place.read("audit.jsonl").replace('"monoMs":7', '"monoMs":1'));
    const removed = await runCommand([...VERIFY, place.folder]);
    expect(removed.status).toBe(2);
    expect(removed.stdout).toMatch(/^broken {2}\S+ {2}audit\.head was removed/u);
  });

  test("exits with 3 for one whose end is missing, or that was removed", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(3));
    truncateSync(place.path("audit.jsonl"), 10);
    const { status, stdout } = await runCommand([...VERIFY, place.folder]);
    expect(status).toBe(3);
    expect(stdout).toContain("after 0 events, number 3 should be there: it ends at 0 and had come to 3");
    rmSync(place.path("audit.jsonl"));
    expect((await runCommand([...VERIFY, place.folder])).status).toBe(3);
  });

  test("exits with 2 and nothing on stdout where there is no log", async () => {
    using place = temporaryAuditFolder();
    for (const command of [VERIFY, TAIL]) {
      const result = await runCommand([...command, place.folder]);
      expect(result).toEqual({ status: 2, stdout: "", stderr: `flynn: There is no audit log in ${place.folder}\n` });
    }
  });

  test("exits with 4 where the log cannot be read", async () => {
    using place = temporaryAuditFolder();
    writeFileSync(place.folder, "no folder");
    for (const command of [VERIFY, TAIL]) {
      const { status, stderr } = await runCommand([...command, place.folder]);
      expect({ status, stderr }).toEqual({ status: 4, stderr: expect.stringMatching(/^flynn: ENOTDIR: [^\n]+\n$/u) as unknown });
    }
  });

  test("prints one document with --json", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(3));
    truncateSync(place.path("audit.jsonl"), 0);
    const { status, stdout } = await runCommand([...VERIFY, place.folder, "--json"]);
    const problem = "it ends at 0 and had come to 3: its end was cut off";
    const result = { status: "truncated", events: 0, expectedSeq: 3, problem };
    expect(JSON.parse(stdout)).toEqual({ schema: "flynn-audit-verify/1", folder: place.folder, result });
    expect(status).toBe(3);
  });

  test("says in its help what its exit status means", async () => {
    const { stdout, status } = await runCommand(["audit", "verify", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/2 {2}the log is broken.+or the command line is wrong[^]+3 {2}the end of the log is missing/u);
  });
});

describe("flynn audit tail", () => {
  const all = chained([
    unchained({ type: "gate.started", principalId: null, ttlMs: null, reason: null }),
    unchained({ type: "elevation.activated" }),
    unchained({ type: "tool.exec.denied", tool: "exec", preview: "rm -r x", ttlMs: null, reason: null, cause: "DENIED_SCOPE" }),
  ]);

  test("prints a line an event, the last ones, oldest first", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, all);
    const lines = [
      "2026-01-02T03:04:05.678Z  gate.started  -",
      '2026-01-02T03:04:05.678Z  elevation.activated  @alice:example.invalid  ttl=600s  reason="restart the proxy"',
      '2026-01-02T03:04:05.678Z  tool.exec.denied  @alice:example.invalid  tool=exec  call="rm -r x"  cause="DENIED_SCOPE"',
    ];
    expect(await runCommand([...TAIL, place.folder])).toEqual({ status: 0, stdout: `${lines.join("\n")}\n`, stderr: "" });
    expect((await runCommand([...TAIL, place.folder, "-n", "1"])).stdout).toBe(`${lines[2]}\n`);
  });

  test("prints ten without -n", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, events(12));
    expect((await runCommand([...TAIL, place.folder])).stdout.split("\n")).toHaveLength(11);
  });

  test("lets nothing in the log act on the terminal, in either format", async () => {
    using place = temporaryAuditFolder();
    const hostile = '\u001B[2J\r\n\u009B31m\u202Efdp\u007F" cause="forged';
    await writeLog(place.folder, chained([unchained({ reason: hostile, principalId: hostile, cause: hostile, tool: hostile })]));
    appendFileSync(place.path("audit.jsonl"), `${hostile}\n\u001B]0;x\u0007`);
    const { stdout } = await runCommand([...TAIL, place.folder]);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
    expect(stdout).toContain("reason=\"\\u{1b}[2J\\u{d}\\u{a}\\u{9b}31m\\u{202e}fdp\\u{7f}' cause='forged\"");
    expect(stdout.split("\n")).toHaveLength(5);
    const json = await runCommand([...TAIL, place.folder, "--json"]);
    expect(json.stdout).toMatch(/^[\n\u0020-\u007E]+$/u);
    const { entries } = JSON.parse(json.stdout) as { entries: { event?: { reason: string }; text?: string }[] };
    expect(entries[0]?.event?.reason).toBe(hostile);
    expect(entries.slice(1)).toMatchObject([{ problem: "it ends with CR LF" }, {}, { problem: "it has no end" }]);
  });

  test("prints one document with --json", async () => {
    using place = temporaryAuditFolder();
    await writeLog(place.folder, all);
    const { stdout } = await runCommand([...TAIL, place.folder, "--json", "-n", "2"]);
    const entries = all.slice(1).map((event) => ({ event }));
    expect(JSON.parse(stdout)).toEqual({ schema: "flynn-audit-tail/1", folder: place.folder, entries });
  });

  test.each(["0", "-1", "1.5", "ten", "1e3", "1000000"])("takes no %s for a count", async (count) => {
    const { status, stderr } = await runCommand([...TAIL, "/x", "-n", count]);
    expect(status).toBe(2);
    expect(stderr).toContain("Give a number from 1 to 999999.");
  });
});

describe("without --dir", () => {
  test.each([
    ["FLYNN_STATE_DIR", "/state", { FLYNN_STATE_DIR: "/state", XDG_STATE_HOME: "/xdg", HOME: "/home" }],
    ["a relative FLYNN_STATE_DIR", "/here/state", { FLYNN_STATE_DIR: "state" }],
    ["XDG_STATE_HOME", "/xdg/flynn", { FLYNN_STATE_DIR: "", XDG_STATE_HOME: "/xdg", HOME: "/home" }],
    ["HOME", "/home/.local/state/flynn", { HOME: "/home" }],
    ["HOME rather than a relative XDG_STATE_HOME", "/home/.local/state/flynn", { XDG_STATE_HOME: "xdg", HOME: "/home" }],
  ])("the log is in the folder audit below %s", async (_, state, environment) => {
    for (const command of ["verify", "tail"]) {
      const { stderr } = await runCommand(["audit", command], { cwd: "/here", environment });
      expect(stderr).toBe(`flynn: There is no audit log in ${state}/audit\n`);
    }
  });

  test("and without a home there is no log to look for", async () => {
    const { status, stderr } = await runCommand(["audit", "verify"]);
    expect(status).toBe(2);
    expect(stderr).toContain("error: there is no folder to look in; give --dir, or set FLYNN_STATE_DIR or HOME");
  });
});
