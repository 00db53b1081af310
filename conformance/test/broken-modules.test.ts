import { describe, expect, test } from "vitest";

import { runCli, subjectPath } from "./run-cli.ts";

interface Expectation {
  readonly flags?: readonly string[];
  readonly exitCode: number;
  /** The cause, in the words of the report. */
  readonly says: readonly (string | RegExp)[];
  /** The next step. */
  readonly next: string;
}

const fromLease = ["--only", "LEASE-001"];
const inProcess = ["--driver", "in-process", "--only", "WIRE-008"];

/** What first-time authors, and broken implementations, do; each ends in bounded time with its cause and its next step. */
const modules: Readonly<Record<string, Expectation>> = {
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
    says: ["bad subject (exited-before-hello)", "The process exited with status 0. It wrote nothing to stderr."],
    next: "next: Run the command by hand",
  },
  "hangs-on-open": {
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
    flags: fromLease,
    exitCode: 1,
    says: ["FAIL LEASE-001", "did not come within 5000 ms. It came later", "called `acquire` with"],
    next: "Find out what it waits for",
  },
  "blocks-in-a-loop": {
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
    says: ["FAIL WIRE-008", "it shows in the answer to `acquire`", "seen during LEASE-003/"],
    next: "put into a message",
  },
  "leaks-in-result": {
    flags: [...inProcess, "--only", "LEASE-001"],
    exitCode: 1,
    says: ["FAIL WIRE-008", "it shows in the answer to `acquire`", "FAIL LEASE-001", "[redacted]"],
    next: "returned",
  },
  "keeps-a-timer": {
    flags: ["--only", "WIRE-009"],
    exitCode: 1,
    says: ["FAIL WIRE-009", "the process was still running after 3000 ms", "Still open after shutdown: Timeout"],
    next: "Close servers, timers and child processes in `close`",
  },
  "leaves-an-orphan": {
    flags: ["--only", "WIRE-009"],
    exitCode: 1,
    says: ["FAIL WIRE-009", "a process that the subject started was still there; the suite has ended it"],
    next: "Wait for child processes in `close`, or end them there",
  },
};

describe.concurrent("a module that", () => {
  for (const [name, { flags = [], exitCode, says, next }] of Object.entries(modules)) {
    test(`${name.replaceAll("-", " ")}: exit ${exitCode}`, { timeout: 60_000 }, async () => {
      const ran = await runCli(["specimen", subjectPath(name), "--seed", "broken", "--trace", ...flags]);
      const output = ran.stdout + ran.stderr;
      for (const part of says) expect(output).toMatch(typeof part === "string" ? literally(part) : part);
      expect(output).toMatch(literally(next));
      expect(ran.exitCode).toBe(exitCode);
      // Canaries begin with these two letters and go on in hex.
      expect(output).not.toMatch(/fk[0-9a-f]{10}/u);
    });
  }
});

function literally(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`), "u");
}
