import { fileURLToPath } from "node:url";

import { expect, test, vi } from "vitest";

import { EXEMPLAR } from "../../test/run-cli.ts";
import { main } from "./main.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`../../test/files/${name}`, import.meta.url));
const REPORT_2 = fixture("report-of-version-2.json");
const EMPTY = fixture("no-reports");

/** A subject of two contracts. */
const DAEMON = fileURLToPath(new URL("../../test/subjects/of-two-contracts.ts", import.meta.url));

/** Mistakes of the command line: exit 2, the cause, and what to do. */
const mistakes: Readonly<Record<string, { readonly args: readonly string[]; readonly says: string; readonly next?: string }>> = {
  "a flag that does not exist": { args: ["--sed", "1", "specimen"], says: "error: unknown option '--sed'\n(Did you mean --seed?)" },
  "a flag without its value": { args: ["specimen", "--seed"], says: "error: option '--seed <text>' argument missing" },
  "no number of jobs": { args: ["--jobs", "0", "specimen"], says: "It must be a whole number from 1." },
  "jobs that are no number": { args: ["--jobs", "many", "specimen"], says: "It must be a whole number from 1." },
  "a level that does not exist": { args: ["--level", "MAY", "specimen"], says: "Allowed choices are MUST, SHOULD." },
  "a driver that does not exist": { args: ["--driver", "ssh", "specimen"], says: "Allowed choices are child, in-process." },
  "a contract that does not exist": {
    args: ["specimn", EXEMPLAR],
    says: "error: There is no contract specimn; did you mean specimen?",
    next: "The contracts are specimen, skill-scanner, elevation-gate.",
  },
  "a module that is not there": {
    args: ["specimen", "./no-such.ts"],
    says: "bad subject (module-not-found): There is no file",
    next: "relative to the current folder",
  },
  "two modules": { args: ["specimen", EXEMPLAR, "./other.ts"], says: "error: One subject at a time" },
  "a module and a command": { args: ["specimen", EXEMPLAR, "--", "cat"], says: "error: Give a module or a command after --, not both" },
  "no command after --": { args: ["specimen", "--"], says: "error: There is no command after --", next: "such as -- python3 scanner.py" },
  "a command in this process": {
    args: ["--driver", "in-process", "specimen", "--", "cat"],
    says: "A command after -- always runs over stdio",
  },
  "an id that does not exist": {
    args: ["--only", "LEASE-0001", "specimen", EXEMPLAR],
    says: "--only LEASE-0001 matches no requirement; did you mean LEASE-001?",
    next: "`flynn-conformance list`",
  },
  "a pattern that matches nothing": {
    args: ["--only", "ROPE-*", "specimen", EXEMPLAR],
    says: "--only ROPE-* matches no requirement",
    next: "`flynn-conformance list`",
  },
  "a row that cannot be tested": { args: ["--only", "LEASE-016", "specimen", EXEMPLAR], says: "LEASE-016 cannot be tested: " },
  "a selection that leaves nothing": {
    args: ["--only", "LEASE-001", "--level", "SHOULD", "specimen", EXEMPLAR],
    says: "No requirement is left by --only, --level and --capability together",
  },
  "a capability that does not exist": {
    args: ["--capability", "fly", "specimen", EXEMPLAR],
    says: "There is no capability fly",
    next: "The capabilities are: renew.",
  },
  "a report of no kind": {
    args: ["--report", "pdf=a.pdf", "specimen", EXEMPLAR],
    says: "--report pdf=a.pdf is not kind=path",
    next: "The kinds are json, junit",
  },
  "a report in a folder that is not there": {
    args: ["--report", "json=no/such/report.json", "specimen", EXEMPLAR],
    says: "The folder of the report no/such/report.json does not exist",
    next: "Create it first.",
  },
  "an explanation of nothing": {
    args: ["explain", "LEASE-999"],
    says: "error: There is no requirement LEASE-999; did you mean LEASE-0",
    next: "`flynn-conformance list` shows them all.",
  },
  "a list of nothing": {
    args: ["list", "toaster"],
    says: "error: There is no contract toaster",
    next: "The contracts are specimen, skill-scanner, elevation-gate.",
  },
  "a replay of no row": {
    args: ["replay", "report.json"],
    says: "error: report.json is not report#id",
    next: "Write: flynn-conformance replay report.json#SCAN-004",
  },
  "a replay of a report that is not there": {
    args: ["replay", "no-such.json#LEASE-001"],
    says: "The report no-such.json cannot be read: ENOENT",
    next: "Write one with --report json=no-such.json",
  },
  "a report of another version": {
    args: ["diff", REPORT_2, REPORT_2],
    says: "is no report that this suite can read: it says it is flynn-conformance-report/2, not flynn-conformance-report/1",
    next: "Write one with --report json=",
  },
  "a comparison with what is not there": {
    args: ["diff", "no-such.json", "no-such.json"],
    says: "The report no-such.json cannot be read: ENOENT",
  },
  "a comparison with one report": { args: ["diff", "a.json"], says: "error: missing required argument 'after'" },
  "a trend of no folder": {
    args: ["trend", "no/such"],
    says: "The folder no/such cannot be read: ENOENT",
    next: "Name a folder with JSON reports in it.",
  },
  "a trend of a folder without reports": { args: ["trend", EMPTY], says: "There is no report in ", next: "Write some with --report json=" },
  "a badge of more than one contract": {
    args: ["--report", "badge=badge.json", DAEMON],
    says: "A badge is of one contract, and this run is of skill-scanner, elevation-gate",
    next: "Name the contract before the subject.",
  },
  "faults around more than one contract": { args: ["mutate", DAEMON], says: "One contract at a time: skill-scanner, elevation-gate" },
  "a fault that does not exist": {
    args: ["mutate", "specimen", EXEMPLAR, "--only", "explodes-*"],
    says: "--only explodes-* matches no fault of specimen",
    next: "Give a family (drop, duplicate, ",
  },
  "a contract of another version": {
    args: ["specimen@2", EXEMPLAR],
    says: "error: This suite does not know specimen@2",
    next: "It knows specimen@1.",
  },
  "a host of nothing": { args: ["host"], says: "error: missing required argument 'module'" },
  "a mutant that does not exist": { args: ["mutants", "specimen", "--only", "no-such-mutant"], says: "no-such-mutant" },
};

async function run(args: readonly string[]): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  return { exitCode: await main(args), stderr: written.join("") };
}

for (const [name, { args, says, next }] of Object.entries(mistakes)) {
  test(`${name} is refused with exit 2`, async () => {
    const { exitCode, stderr } = await run(args);
    expect(stderr).toContain(says);
    if (next !== undefined) expect(stderr).toMatch(/^next: /mu);
    expect(stderr).toContain(next ?? says);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("    at ");
  });
}

test("what a file or a flag says cannot act on the terminal", async () => {
  const { stderr } = await run(["explain", "\u001B[2JLEASE"]);
  expect(stderr).toContain("There is no requirement \\u{1b}[2JLEASE");
});
