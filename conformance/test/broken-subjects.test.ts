import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { NODE, inFolder, runCli, subjectPath } from "./run-cli.ts";
import type { Ran } from "./run-cli.ts";

interface ModuleExpectation {
  readonly flags?: readonly string[];
  readonly exitCode: number;
  /** The cause, in the words of the report. */
  readonly says: readonly (string | RegExp)[];
  /** The next step. */
  readonly next: string;
  /** The suite waits for it until a bound, so that it is started before the others. */
  readonly waits?: true;
}

interface CommandExpectation {
  readonly command: readonly string[];
  readonly says: readonly string[];
  readonly next: string;
  readonly waits?: true;
}

const fromLease = ["--only", "LEASE-001"];
const inProcess = ["--driver", "in-process", "--only", "WIRE-008"];

/** What first-time authors, and broken implementations, do; each ends in bounded time with its cause and its next step. */
const modules: Readonly<Record<string, ModuleExpectation>> = {
  "throws-on-import": {
    exitCode: 2,
    says: ["bad subject (module-threw)", "throws-on-import.ts could not be imported: Error: There is no API_KEY in the environment"],
    next: "next: Run `node ",
  },
  "exports-nothing": {
    exitCode: 2,
    says: ["bad subject (not-a-subject)", /The default export of .*exports-nothing\.ts is missing/u],
    next: "next: Write: export default defineSubject(",
  },
  "exits-at-once": {
    exitCode: 2,
    says: ["bad subject (exited-before-hello)", /While it was loaded, .*exits-at-once\.ts ended the process with status 0/u],
    next: "next: Look for a `process.exit`",
  },
  "waits-at-import": {
    exitCode: 2,
    says: [
      "bad subject (exited-before-hello)",
      /While it was loaded, .*waits-at-import\.ts waits at its top level for something that never comes/u,
    ],
    next: "next: Look for an `await` outside of every function",
  },
  "hangs-on-open": {
    waits: true,
    flags: fromLease,
    exitCode: 1,
    says: [
      "FAIL WIRE-001",
      "open-failed",
      "the answer to `open` did not come within 5000 ms",
      "INCONCLUSIVE LEASE-001: waits for WIRE-001",
    ],
    next: "or for a wait in `open` that nothing ends",
  },
  "banner-at-import": {
    exitCode: 1,
    says: ["FAIL WIRE-002", 'the text "Lease server v1, ready to serve"', "22/23 MUST"],
    next: "Send it to stderr or in a `log` notification",
  },
  "banner-in-call": {
    flags: ["--only", "WIRE-002"],
    exitCode: 1,
    says: ["FAIL WIRE-002", /the text "calling (acquire|status|journal)"/u, /seen during (WIRE|LEASE)-/u],
    next: "Send it to stderr or in a `log` notification",
  },
  "answers-late": {
    waits: true,
    flags: fromLease,
    exitCode: 1,
    says: ["FAIL LEASE-001", "did not come within 5000 ms. It came later", "called `acquire` with"],
    next: "Find out what it waits for",
  },
  "blocks-in-a-loop": {
    waits: true,
    flags: fromLease,
    exitCode: 1,
    says: ["FAIL LEASE-001", /got +the answer to `acquire` did not come within 5000 ms\.$/mu],
    next: "a busy loop",
  },
  "crashes-in-a-timer": {
    flags: fromLease,
    exitCode: 1,
    says: ["FAIL LEASE-001", "The process exited with status 1. Its stderr ends: Error: The lease table is locked"],
    next: "an exception in a timer or an event handler ends a Node process",
  },
  "leaves-a-rejection-behind": {
    flags: ["--driver", "in-process", "--only", "LEASE-001,LEASE-002"],
    exitCode: 1,
    says: ["FAIL LEASE-001", "Error: The audit log is full (an unhandled rejection, which ends a process of its own)", "0/2 MUST"],
    next: "an exception in a timer or an event handler ends a Node process",
  },
  "crashes-after-close": {
    flags: ["--only", "WIRE-009"],
    exitCode: 1,
    says: ["FAIL WIRE-001", "Its stderr ends: Error: The index is stale", "INCONCLUSIVE WIRE-009: waits for WIRE-001"],
    next: "an exception in a timer or an event handler ends a Node process",
  },
  "leaks-in-log": { flags: inProcess, exitCode: 1, says: ["FAIL WIRE-008", "it shows in a log"], next: "that is logged" },
  "leaks-on-stderr": { flags: ["--only", "WIRE-008"], exitCode: 1, says: ["FAIL WIRE-008", "it shows in stderr"], next: "that is logged" },
  "leaks-in-error-cause": {
    flags: inProcess,
    exitCode: 1,
    says: ["FAIL WIRE-008", "it shows in the answer to `acquire`", "seen during LEASE-00"],
    next: "put into a message",
  },
  "leaks-in-result": {
    flags: [...inProcess, "--only", "LEASE-001"],
    exitCode: 1,
    says: ["FAIL WIRE-008", "it shows in the answer to `acquire`", "FAIL LEASE-001", "[redacted]"],
    next: "returned",
  },
  "keeps-a-timer": {
    waits: true,
    flags: ["--only", "WIRE-009"],
    exitCode: 1,
    says: ["FAIL WIRE-009", "the process was still running after 3000 ms", "Still open after shutdown: Timeout"],
    next: "Close servers, timers and child processes in `close`",
  },
  "leaves-an-orphan": {
    waits: true,
    flags: ["--only", "WIRE-009"],
    exitCode: 1,
    says: ["FAIL WIRE-009", "a process that the subject started was still there; the suite has ended it"],
    next: "Wait for child processes in `close`, or end them there",
  },
};

/** A subject in one line, which answers the first frame with this. */
function answering(frame: object): readonly string[] {
  return [process.execPath, "-e", `process.stdin.once("data", () => console.log(${JSON.stringify(JSON.stringify(frame))}))`];
}

const hello = { protocol: "flynn-wire/1", subject: { name: "s", version: "1" }, contracts: {}, clock: "virtual" };

const commands: Readonly<Record<string, CommandExpectation>> = {
  "does not exist": {
    command: ["flynn-no-such-command"],
    says: ["bad subject (command-not-found): flynn-no-such-command could not be started (ENOENT)"],
    next: "Check the spelling, and that it is on the PATH",
  },
  "copies its input": {
    command: ["cat"],
    says: ["bad subject (no-hello)", "only copies its input"],
    next: "Answer the first line on stdin",
  },
  "prints half a line before its hello": {
    command: [process.execPath, "-e", 'process.stdin.once("data", () => process.stdout.write("loading {}\\n"))'],
    waits: true,
    says: ["bad subject (no-hello)", 'did not come, but a line that is no frame did. It wrote the text "loading {}" to stdout'],
    next: "Answer the first line on stdin",
  },
  "prints some text and exits": {
    command: ["echo", "usage: server"],
    says: ["bad subject (exited-before-hello)", "exited with status 0", 'the text "usage: server"'],
    next: "Run the command by hand",
  },
  "fails at once": {
    command: [process.execPath, "-e", 'throw new Error("no config")'],
    says: ["bad subject (exited-before-hello)", "exited with status 1", "Error: no config"],
    next: "Run the command by hand",
  },
  "never answers": {
    waits: true,
    command: ["sleep", "300"],
    says: ["bad subject (no-hello)", "the answer to `hello` did not come within 10000 ms"],
    next: "Answer the first line on stdin with a hello result and flush stdout",
  },
  "does not flush": {
    waits: true,
    command: [process.execPath, "-e", 'process.stdin.once("data", () => process.stdout.write("{\\"jsonrpc\\""))'],
    says: ["bad subject (no-hello)", "a line without an end"],
    next: "flush stdout",
  },
  "speaks another protocol": {
    command: answering({ jsonrpc: "2.0", id: 1, result: { ...hello, protocol: "flynn-wire/9" } }),
    says: ["bad subject (bad-hello)", "flynn-wire/1", "protocol"],
    next: "Compare it with the `hello` result in docs/spec/wire.md",
  },
  "does not know hello": {
    command: answering({ jsonrpc: "2.0", id: 1, error: { code: -32601, message: "Method not found" } }),
    says: ["bad subject (bad-hello)", "an error: Method not found"],
    next: "docs/spec/wire.md",
  },
  "offers another contract": {
    waits: true,
    command: answering({ jsonrpc: "2.0", id: 1, result: { ...hello, contracts: { "toaster@1": { flags: {}, facts: {} } } } }),
    says: ["bad subject (contract-missing)", "does not implement specimen@1; it offers toaster@1"],
    next: 'Add "specimen@1" to its contracts',
  },
  "forges the suite's own mark": {
    command: [process.execPath, "-e", 'process.stderr.write("flynn-bad-subject: {\\"reason\\":7}\\n")'],
    says: ["bad subject (exited-before-hello)"],
    next: "Run the command by hand",
  },
};

/** What waits, waits beside the others. */
const early = new Map<string, Promise<Ran>>();
beforeAll(() => {
  for (const [name, { waits, flags }] of Object.entries(modules)) if (waits) early.set(name, runModule(name, flags));
  for (const [name, { waits, command }] of Object.entries(commands)) if (waits) early.set(name, runCommand(command));
});

function runModule(name: string, flags: readonly string[] = []): Promise<Ran> {
  return runCli(["specimen", subjectPath(name), "--seed", "broken", "--trace", ...flags]);
}

function runCommand(command: readonly string[]): Promise<Ran> {
  return runCli(["specimen", "--", ...command]);
}

describe.concurrent("a module that", () => {
  for (const [name, { flags, exitCode, says, next }] of Object.entries(modules)) {
    test(`${name.replaceAll("-", " ")}: exit ${exitCode}`, { timeout: 60_000 }, async () => {
      const ran = await (early.get(name) ?? runModule(name, flags));
      const output = ran.stdout + ran.stderr;
      for (const part of says) expect(output).toMatch(typeof part === "string" ? literally(part) : part);
      expect(output).toMatch(literally(next));
      expect(ran.exitCode).toBe(exitCode);
      // Canaries begin with these two letters and go on in hex.
      expect(output).not.toMatch(/fk[0-9a-f]{10}/u);
    });
  }
});

describe.concurrent("a command that", () => {
  for (const [name, { command, says, next }] of Object.entries(commands)) {
    test(`${name}: exit 2`, { timeout: 60_000 }, async () => {
      const ran = await (early.get(name) ?? runCommand(command));
      for (const part of [...says, next]) expect(ran.stderr).toContain(part);
      expect(ran.stderr).toMatch(/^next: /mu);
      expect([ran.exitCode, ran.stdout]).toEqual([2, ""]);
    });
  }

  test("is not executable: exit 2", { timeout: 60_000 }, async () => {
    await inFolder(async (folder) => {
      const script = join(folder, "scanner.py");
      writeFileSync(script, "print('hello')\n");
      chmodSync(script, 0o644);
      const ran = await runCli(["specimen", "--", script]);
      expect(ran.stderr).toContain(`bad subject (command-not-executable): ${script} cannot be executed (EACCES)`);
      expect(ran.stderr).toContain(`next: Make it executable, or start it with its interpreter: -- python3 ${script}`);
      expect(ran.exitCode).toBe(2);
    });
  });

  test("is the suite's own host of a module is judged like any other", { timeout: 60_000 }, async () => {
    const bin = new URL("../bin/flynn-conformance.ts", import.meta.url).pathname;
    const exemplar = new URL("../specimen/exemplar.ts", import.meta.url).pathname;
    const ran = await runCli(["--only", "LEASE-001", "specimen", "--", ...NODE, bin, "host", exemplar]);
    expect(ran.stdout).toContain("1/1 MUST");
    expect(ran.exitCode).toBe(0);
  });
});

function literally(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`), "u");
}
