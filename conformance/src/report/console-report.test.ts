import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { CheckResult, ContractResult, RowResult } from "../judge/results.ts";
import { contractReport } from "./build-report.ts";
import { consoleReport } from "./console-report.ts";
import { styleFor } from "./style.ts";

const plain = styleFor(process.stdout, false);

const failed: CheckResult = { name: "holds", holds: false, did: "acquired a lease", expected: "the ticket abc", got: "another ticket" };

function result(rows: readonly RowResult[], members: Partial<ContractResult> = {}): ContractResult {
  return {
    contract: "toy@1",
    verdict: "not-conformant",
    rows,
    subject: { name: "my-toy", version: "1.2.0", source: "./my toy.ts" },
    driver: "child",
    seed: "5eed",
    realClock: false,
    durationMs: 1_234,
    isFiltered: false,
    acceptedHostLimits: [],
    capabilities: [],
    ...members,
  };
}

function shown(rows: readonly RowResult[], members: Partial<ContractResult> = {}, showsTranscripts = false): string {
  return consoleReport(contractReport(result(rows, members), toySuite.contract), plain, { showsTranscripts });
}

test("a run that fails, from the root of it to the verdict", () => {
  const rows = [
    rowResult("WIRE-001"),
    rowResult("TOY-001", {
      status: "FAIL",
      cases: [caseResult("TOY-001/late", { status: "FAIL", checks: [{ ...failed, next: "Ask the host." }] })],
    }),
    rowResult("TOY-002", {
      status: "FAIL",
      row: { level: "MUST", text: "It answers with what the host said." },
      cases: [
        caseResult("TOY-002/first", {
          status: "FAIL",
          title: "acquires a lease",
          checks: [{ ...failed, holds: true, name: "asked" }, failed],
        }),
        caseResult("TOY-002/second", { status: "INCONCLUSIVE", reason: "It waits.", blockedBy: "TOY-002" }),
      ],
    }),
    rowResult("TOY-003", {
      status: "WARN",
      row: { level: "SHOULD" },
      cases: [caseResult("TOY-003/one", { status: "FAIL", checks: [failed] })],
    }),
    ...["TOY-004", "TOY-005", "TOY-006", "TOY-009"].map((id) =>
      rowResult(id, { status: "INCONCLUSIVE", blockedBy: "TOY-002", reason: "It stands on TOY-002, which is FAIL." }),
    ),
    rowResult("TOY-010", { status: "NOT_RUN", reason: "The subject has no virtual clock; add --real-clock to wait for real." }),
    rowResult("TOY-011", { status: "N/A", reason: "The subject does not declare loud." }),
  ];
  expect(shown(rows)).toMatchInlineSnapshot(`
    "
    toy@1 · my-toy 1.2.0 (./my toy.ts, seed 5eed)

    FAIL TOY-002 MUST  It answers with what the host said.
        case      first: acquires a lease
        did       acquired a lease
        expected  the ticket abc
        got       another ticket
        next      Do what TOY-002 says.
        blocks    TOY-004 to 006, TOY-009
        spec      docs/spec/toy.md#toy-002
        replay    flynn-conformance run --only TOY-002 --seed 5eed --trace toy './my toy.ts'

    FAIL TOY-001 MUST  What TOY-001 asks of an implementation.
        case      late: looks at TOY-001/late
        did       acquired a lease
        expected  the ticket abc
        got       another ticket
        next      Ask the host.
        spec      docs/spec/toy.md#toy-001
        replay    flynn-conformance run --only TOY-001 --seed 5eed --trace toy './my toy.ts'

    WARN TOY-003 SHOULD  What TOY-003 asks of an implementation.
        case      one: looks at TOY-003/one
        did       acquired a lease
        expected  the ticket abc
        got       another ticket
        next      Do what TOY-003 says.
        spec      docs/spec/toy.md#toy-003
        replay    flynn-conformance run --only TOY-003 --seed 5eed --trace toy './my toy.ts'

    INCONCLUSIVE TOY-004 to 006, TOY-009: waits for TOY-002
    NOT_RUN TOY-010: The subject has no virtual clock; add --real-clock to wait for real.

    N/A TOY-011: The subject does not declare loud.

    1/8 MUST · 0/1 SHOULD · 1 N/A · 1.2 s
    not conformant to toy@1
    begin with TOY-002, the first of the 2 above
    "
  `);
});

test("three cases of a row are shown, and how many more there are", () => {
  const cases = Array.from({ length: 5 }, (_, index) => caseResult(`TOY-001/${index}`, { status: "FAIL", checks: [failed] }));
  const text = shown([rowResult("TOY-001", { status: "FAIL", cases })]);
  expect(text.match(/ {4}case/gu)).toHaveLength(3);
  expect(text).toContain("2 other cases of this row did not hold; the JSON report has them");
});

test("cases that failed come before those that wait, which say for what", () => {
  const waits = caseResult("TOY-001/a", { status: "INCONCLUSIVE", reason: "The control did not hold.", blockedBy: "TOY-002" });
  const fails = caseResult("TOY-001/b", { status: "FAIL", checks: [failed] });
  const text = shown([rowResult("TOY-001", { status: "FAIL", cases: [waits, fails] })]);
  expect(text).toMatch(/case +b: [^]+case +a: [^]+next +This case waits for TOY-002\./u);
});

test("a case that ended in words shows them in place of a check", () => {
  const harness = caseResult("TOY-001/one", { status: "HARNESS_ERROR", reason: "The suite itself failed: TypeError" });
  const text = shown([rowResult("TOY-001", { status: "HARNESS_ERROR", cases: [harness] })], { verdict: "harness-error" });
  expect(text).toContain("HARNESS_ERROR TOY-001");
  expect(text).toMatch(/did +looks at TOY-001\/one/u);
  expect(text).toMatch(/got +The suite itself failed: TypeError/u);
  expect(text).toContain("no verdict: the suite itself failed; please report the lines above");
});

test("what crossed the wire is shown on demand", () => {
  const transcript = [
    { direction: "to-subject", text: '{"id":1}', atMs: 1 },
    { direction: "from-subject", text: '{"id":1,"result":{}}', atMs: 1 },
    { direction: "stderr", text: "oops\nagain\n", atMs: 1 },
  ] as const;
  const rows = [
    rowResult("TOY-001", { status: "FAIL", cases: [caseResult("TOY-001/one", { status: "FAIL", checks: [failed], transcript })] }),
  ];
  expect(shown(rows)).not.toContain("→");
  expect(shown(rows, {}, true)).toContain('      → {"id":1}\n      ← {"id":1,"result":{}}\n      ! oops\n        again');
});

test("what a subject says cannot act on the terminal, wherever it is shown", () => {
  const evil = "\u001B[2J\u001B]0;owned\u0007\u202Egood";
  const check = { ...failed, did: evil, expected: evil, got: `${evil}\nnext line`, next: evil };
  const transcript = [{ direction: "stderr", text: evil, atMs: 1 }] as const;
  const rows = [
    rowResult("TOY-001", { status: "FAIL", cases: [caseResult("TOY-001/one", { status: "FAIL", checks: [check], transcript })] }),
    rowResult("TOY-002", { status: "INCONCLUSIVE", reason: evil }),
  ];
  const text = shown(rows, { subject: { name: evil, version: evil, source: evil } }, true);
  // Tabs and line feeds apart, nothing is a control character or turns the direction.
  expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/u);
  expect(text).toContain("\\u{1b}[2J");
});

test("a text of several lines stays under its label", () => {
  const check = { ...failed, got: "first\nsecond" };
  const rows = [
    rowResult("TOY-001", { status: "FAIL", cases: [caseResult("TOY-001/one", { status: "FAIL", checks: [check] })] }),
    rowResult("TOY-002", { status: "INCONCLUSIVE", reason: "It ended.\nIts stderr" }),
  ];
  expect(shown(rows)).toContain("    got       first\n              second\n");
  expect(shown(rows)).toContain("INCONCLUSIVE TOY-002: It ended.\n    Its stderr");
});

test("a run that holds says so in two lines, and names what it accepted", () => {
  const rows = [
    rowResult("TOY-001"),
    rowResult("TOY-002", { status: "NOT_RUN", isHostLimit: true, reason: "This host cannot show it: no FIFO." }),
  ];
  const text = shown(rows, { verdict: "conformant", acceptedHostLimits: ["TOY-002"] });
  expect(text).toContain("accepted host limit TOY-002: This host cannot show it: no FIFO.");
  expect(text).toContain("1/2 MUST · 1.2 s\nconformant to toy@1\n");
});

test("a run of some rows makes no claim", () => {
  expect(shown([rowResult("TOY-001")], { verdict: "no-claim", isFiltered: true })).toContain(
    "no claim: only some rows were run, and they hold",
  );
  const broken = [rowResult("TOY-001", { status: "FAIL" })];
  expect(shown(broken, { isFiltered: true })).toContain("not conformant to toy@1 (only some rows were run)");
  expect(shown([], { verdict: "nothing-ran", isFiltered: true })).toContain("no row · 1.2 s\nnothing ran, so there is no claim");
});

test("colours are for terminals that want them", () => {
  const terminal = { isTTY: true, hasColors: () => true } as unknown as NodeJS.WriteStream;
  const pipe = { isTTY: false, hasColors: () => false } as unknown as NodeJS.WriteStream;
  expect(styleFor(terminal, true).red("x")).toBe("\u001B[31mx\u001B[39m");
  expect(styleFor(terminal, false).red("x")).toBe("x");
  expect(styleFor(pipe, true).red("x")).toBe("x");
});
