import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { EXEMPLAR, inFolder, runCli, subjectPath } from "./run-cli.ts";
import type { Ran } from "./run-cli.ts";

/** All that a smoke run may take, on a machine that runs other tests at the same time. */
const LONGEST_MS = 60_000;

interface Expectation {
  /** The steps that fail, in order. */
  readonly fails: readonly string[];
  readonly exitCode: number;
  /** The reason, the cause and what to do. */
  readonly says: readonly string[];
  /** One of the steps that were not tried. */
  readonly notTried?: string;
}

const [STARTS, HELLO, OPENS] = ["starts", "says hello", "opens an instance"];
const [ENDS, STDOUT, SECRETS] = [
  "shuts down, and exits by itself",
  "writes frames to stdout, and nothing else",
  "keeps planted secrets to itself",
];

const modules: Readonly<Record<string, Expectation>> = {
  "throws-on-import": {
    fails: [STARTS],
    exitCode: 2,
    says: ["module-threw", "There is no API_KEY in the environment", "next      Run `node "],
    notTried: HELLO,
  },
  "exits-at-once": { fails: [STARTS], exitCode: 2, says: ["exited-before-hello", "next      Look for a `process.exit`"], notTried: HELLO },
  "exports-nothing": {
    fails: [STARTS],
    exitCode: 2,
    says: ["not-a-subject", "is missing", "next      Write: export default"],
    notTried: OPENS,
  },
  "waits-at-import": { fails: [STARTS], exitCode: 2, says: ["next      Look for an `await` outside of every function"], notTried: SECRETS },
  "misspells-a-flag": { fails: ["offers specimen@1"], exitCode: 1, says: ["invalid-value", "the flags renews", "next      "] },
  "hangs-on-open": {
    fails: [OPENS],
    exitCode: 1,
    says: ["open-failed", "the answer to `open` did not come within 5000 ms", "or for a wait in `open` that nothing ends"],
    notTried: "answers acquire",
  },
  "answers-late": {
    fails: ["answers acquire"],
    exitCode: 1,
    says: ["no-answer", "did not come within 5000 ms", "next      Find out what it waits for"],
    notTried: "answers status",
  },
  "crashes-in-a-timer": {
    fails: ["answers acquire"],
    exitCode: 1,
    says: ["exited", "The lease table is locked", "next      Find the crash"],
    notTried: ENDS,
  },
  "answers-in-another-shape": {
    fails: ["answers status"],
    exitCode: 1,
    says: ["invalid-value", "is_held", "next      The message names the member"],
  },
  "answers-slowly": { fails: ["answers release"], exitCode: 1, says: ["no-answer", "did not come within"], notTried: "answers held" },
  "keeps-a-timer": { fails: [ENDS], exitCode: 1, says: ["open-handle", "Timeout", "next      Close servers, timers and child processes"] },
  "leaves-an-orphan": { fails: [ENDS], exitCode: 1, says: ["orphan-process", "next      Wait for child processes in `close`"] },
  "banner-at-import": { fails: [STDOUT], exitCode: 1, says: ["stdout-noise", "Lease server v1", "next      Send it to stderr"] },
  "banner-in-call": { fails: [STDOUT], exitCode: 1, says: ["stdout-noise", "calling acquire", "next      Send it to stderr"] },
  "leaks-on-stderr": { fails: [SECRETS], exitCode: 1, says: ["secret-leaked", "it shows in stderr", "next      Look for a whole request"] },
};

const commands: readonly (readonly [command: readonly string[], expected: Expectation])[] = [
  [["no-such-command"], { fails: [STARTS], exitCode: 2, says: ["command-not-found", "next      Check the spelling"], notTried: HELLO }],
  [["false"], { fails: [HELLO], exitCode: 2, says: ["exited-before-hello", "next      Run the command by hand"], notTried: OPENS }],
  [
    ["cat"],
    { fails: [HELLO], exitCode: 2, says: ["no-hello", "sent the request back", "next      Answer the first line"], notTried: OPENS },
  ],
  [["yes"], { fails: [HELLO], exitCode: 2, says: ["no-hello", 'the text "y"', "next      Answer the first line"], notTried: OPENS }],
];

function failedSteps(stdout: string): readonly string[] {
  return Array.from(stdout.matchAll(/^FAIL {2}(.*?)(?: {2,}.*)?$/gmu), ([, name = ""]) => name);
}

function expectSteps(ran: Ran, { fails, exitCode, says, notTried }: Expectation): void {
  expect(failedSteps(ran.stdout)).toEqual(fails);
  for (const words of says) expect(ran.stdout).toContain(words);
  const left = /^not tried: (.*)$/mu.exec(ran.stdout)?.[1]?.split("; ") ?? [];
  if (notTried === undefined) expect(left).toEqual([]);
  else expect(left).toContain(notTried);
  expect(ran.stdout).toMatch(
    new RegExp(`^See “${fails[0]}” by hand:\n {4}.*printf '%s\\\\n' '\\{"jsonrpc":"2.0","id":1,"method":"hello"`, "mu"),
  );
  expect(ran.stdout).toMatch(/^next:\n {4}flynn-conformance smoke specimen .* once the first FAIL is mended$/mu);
  expect(ran.stdout).not.toContain("The harness is wired");
  expect([ran.exitCode, ran.stderr]).toEqual([exitCode, ""]);
  expect(ran.durationMs).toBeLessThan(LONGEST_MS);
}

describe.concurrent("a harness that is broken", { timeout: 120_000 }, () => {
  test.each(Object.entries(modules))("%s", async (name, expected) => {
    expectSteps(await runCli(["smoke", "specimen", subjectPath(name)]), expected);
  });

  test.each(commands)("-- %j", async (command, expected) => {
    expectSteps(await runCli(["smoke", "specimen", "--", ...command]), expected);
  });

  test("a subject that does not offer the contract", async () => {
    const ran = await runCli(["smoke", "elevation-gate", EXEMPLAR]);
    expect(failedSteps(ran.stdout)).toEqual(["offers elevation-gate@1"]);
    expect(ran.stdout).toContain('next      Add "elevation-gate@1" to its contracts');
    expect(ran.exitCode).toBe(2);
  });

  test("a subject that breaks the wire only once it is used", async () => {
    const ran = await runCli(["smoke", "specimen", subjectPath("breaks-in-use")]);
    expect(failedSteps(ran.stdout)).toEqual([]);
    expect(ran.stdout).toContain(
      "The harness is not wired: LEASE-001 could not be judged, because WIRE-003 fails once the subject is in use:",
    );
    expect(ran.stdout).toContain("--only LEASE-001 --trace");
    expect(ran.exitCode).toBe(1);
  });
});

describe.concurrent("a harness that is wired", { timeout: 120_000 }, () => {
  test.each(["child", "in-process"])("and an implementation that is right, with the driver %s", async (driver) => {
    const ran = await runCli(["smoke", "--driver", driver, EXEMPLAR]);
    expect(failedSteps(ran.stdout)).toEqual([]);
    for (const step of [STARTS, HELLO, "offers specimen@1", OPENS, "answers renew", "closes the instance", ENDS, STDOUT, SECRETS])
      expect(ran.stdout).toMatch(new RegExp(`^ok {4}${step}`, "mu"));
    expect(ran.stdout).toContain("specimen-exemplar 1.0.0, virtual clock, offers specimen@1 (renew)");
    expect(ran.stdout).toContain("The harness is wired; LEASE-001 holds.");
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
  });

  test("and an implementation that does nothing yet, as the configuration names it", async () => {
    await inFolder(async (folder) => {
      const made = await runCli(["init", "specimen", "--lang", "python"], folder);
      expect(made.exitCode).toBe(0);
      const ran = await runCli(["smoke"], folder);
      expect(ran.stdout).toContain("The harness is wired; the implementation does not do LEASE-001 yet:");
      for (const member of ["expected  a lease on", "got       {", "next      Call `host.accept`"]) expect(ran.stdout).toContain(member);
      expect(ran.stdout).toMatch(
        /^next:\n {4}flynn-conformance specimen --only LEASE-001 +until it holds\n {4}flynn-conformance specimen +then/mu,
      );
      expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    });
  });

  test("and an implementation that throws, because the harness has carried it", async () => {
    const ran = await runCli(["smoke", "specimen", subjectPath("throws-in-call")]);
    expect(failedSteps(ran.stdout)).toEqual([]);
    expect(ran.stdout).toMatch(
      /^ok {4}answers acquire .*with an error that the contract does not list: INTERNAL: acquire is not written yet$/mu,
    );
    expect(ran.stdout).toContain("The harness is wired; the implementation does not do LEASE-001 yet:");
    expect(ran.stdout).toContain("got       INTERNAL: acquire is not written yet");
    expect(ran.exitCode).toBe(0);
  });

  test("and two contracts, each with its steps and its first requirement", async () => {
    const ran = await runCli(["smoke", new URL("../../reference-daemon/subject.ts", import.meta.url).pathname]);
    expect(ran.stdout).toMatch(/^ok {4}answers rules of skill-scanner@1/mu);
    expect(ran.stdout).toMatch(/^ok {4}answers endSession of elevation-gate@1/mu);
    expect(ran.stdout).toMatch(/SCAN-001 holds[^]*ELV-001 holds/u);
    expect(ran.exitCode).toBe(0);
  });
});

test("what is shown by hand can be pasted, and shows the step", async () => {
  await inFolder(async (folder) => {
    await runCli(["init", "skill-scanner", "--lang", "python"], folder);
    const scanner = join(folder, "skill-scanner.py");
    writeFileSync(join(folder, "broken.py"), execFileSync("sed", ["s/return RULES/return {}/", scanner]));
    const ran = await runCli(["smoke", "skill-scanner", "--", "python3", "broken.py"], folder);
    expect(failedSteps(ran.stdout)).toEqual(["answers rules"]);
    const line = /^See “answers rules” by hand:\n {4}(.*)$/mu.exec(ran.stdout)?.[1] ?? "";
    const frames = execFileSync("bash", ["-c", line], { cwd: folder, encoding: "utf8" }).trim().split("\n");
    expect(frames.map((frame) => (JSON.parse(frame) as { result: unknown }).result)).toEqual([
      expect.objectContaining({ protocol: "flynn-wire/1" }),
      {},
      {},
    ]);
  });
}, 120_000);
