import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { ContractResult, RowResult } from "../judge/results.ts";
import { buildReport, contractReport, replayLine } from "./build-report.ts";
import { junitReport } from "./junit-report.ts";
import type { Report } from "./report-schema.ts";
import { reportSchema } from "./report-schema.ts";
import { shellQuote } from "./shell-quote.ts";

const check = {
  name: "holds",
  holds: false,
  did: 'said "<a & b>"',
  expected: "]]>",
  got: "\u0000\u001B[31m\uD800 \u{1F600}",
  next: "Look.",
};

const rows: readonly RowResult[] = [
  rowResult("TOY-001", { evidence: "120 frames" }),
  rowResult("TOY-002", { status: "FAIL", cases: [caseResult("TOY-002/one", { status: "FAIL", checks: [check], durationMs: 1_500 })] }),
  rowResult("TOY-003", {
    status: "WARN",
    row: { level: "SHOULD" },
    cases: [caseResult("TOY-003/one", { status: "FAIL", checks: [check] })],
  }),
  rowResult("TOY-004", { status: "INCONCLUSIVE", blockedBy: "TOY-002", reason: "It waits." }),
  rowResult("TOY-005", {
    status: "NOT_RUN",
    isHostLimit: true,
    reason: "no FIFO",
    cases: [caseResult("TOY-005/one", { status: "NOT_RUN", isHostLimit: true, witnesses: { sensor: "the log" } })],
  }),
  rowResult("TOY-006", {
    status: "HARNESS_ERROR",
    cases: [caseResult("TOY-006/one", { status: "HARNESS_ERROR", notes: [{ text: "n", data: [1] }] })],
  }),
  rowResult("TOY-007", { status: "N/A", reason: "The subject does not declare loud." }),
];

const result: ContractResult = {
  contract: "toy@1",
  verdict: "harness-error",
  rows,
  subject: { name: "my-toy", version: "1.2.0", source: "-- ./my toy", command: ["./my toy", "--port", "1"] },
  driver: "stdio",
  seed: "a b",
  realClock: true,
  durationMs: 12,
  isFiltered: false,
  acceptedHostLimits: ["TOY-005"],
  capabilities: [{ flag: "loud", declared: false, observed: "works", judgement: "under-claims", rows: ["TOY-007"] }],
};

function report(): Report {
  const runs = [contractReport(result, toySuite.contract)];
  return buildReport({ suiteVersion: "0.1.0", startedAt: new Date(0), exitCode: 4, runs, baseline: undefined });
}

test("a JSON report matches its published schema, and survives being written and read", () => {
  const read = reportSchema.parse(JSON.parse(JSON.stringify(report())));
  expect(read).toEqual(report());
  expect(read.startedAt).toBe("1970-01-01T00:00:00.000Z");
});

test("a row has what an author needs to go on", () => {
  const row = report().runs[0]?.rows[1];
  expect(row).toMatchObject({ id: "TOY-002", status: "FAIL", hint: "Do what TOY-002 says.", specification: "docs/spec/toy.md#toy-002" });
  expect(row?.replay).toBe("flynn-conformance run --only TOY-002 --seed 'a b' --trace --real-clock toy -- './my toy' --port 1");
});

test("a replay line names the driver where it is not the usual one, and the page of the wire", () => {
  const subject = { name: "t", version: "1", source: "./it's.ts" };
  const line = replayLine("WIRE-001", { contract: "toy@1", subject, driver: "in-process", seed: "s", realClock: false });
  expect(line).toBe(`flynn-conformance run --only WIRE-001 --seed s --trace --driver in-process toy './it'\\''s.ts'`);
});

test("a word is quoted where a shell would take it apart", () => {
  for (const word of ["a", "./a-b_c.ts", "a=b", "1,2", "user@host"]) expect(shellQuote(word)).toBe(word);
  for (const word of ["", "a b", "$HOME", "a;b", "`a`", "a\nb", "*", "~", "a'b", "\\", "é", "#a", "!x"]) {
    expect(shellQuote(word)).toBe(`'${word.replaceAll("'", "'\\''")}'`);
  }
});

/** Reads XML as strictly as it must be written, without a parser: what is left once every construct is taken away. */
function leftOf(xml: string): string {
  const text = "[^<&\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]";
  const entity = "&(?:amp|lt|gt|quot|apos);";
  const attribute = `\\s+[a-z]+="(?:${text.replace("<", '<"')}|${entity})*"`;
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/u, "")
    .replaceAll(
      new RegExp(`<([a-z-]+)(?:${attribute})*\\s*(/?)>|</([a-z-]+)>|(?:${text}|${entity})+`, "gu"),
      (match, name: string, self: string, closed: string) => {
        if (closed !== undefined && open.pop() !== closed) return match;
        if (name !== undefined && self === "") open.push(name);
        return "";
      },
    );
  return rest + open.join();
}

test("JUnit is well-formed, also where a subject says what XML cannot hold", () => {
  const xml = junitReport(report());
  expect(leftOf(xml)).toBe("");
  expect(leftOf(xml.replace("</failure>", ""))).not.toBe("");
  expect(leftOf(`${xml}<`)).not.toBe("");
  expect(xml).toContain("said &quot;&lt;a &amp; b&gt;&quot;");
  expect(xml).toContain("\uFFFD\uFFFD[31m\uFFFD \u{1F600}");
  expect(xml).not.toMatch(/\p{Surrogate}/u);
});

test("JUnit counts rows: what fails, what could not be judged, what does not apply", () => {
  const xml = junitReport(report());
  expect(xml).toContain('<testsuite name="toy@1" tests="7" failures="1" errors="3" skipped="1"');
  expect(xml.match(/<testcase /gu)).toHaveLength(7);
  expect(xml.match(/<failure message="FAIL TOY-002">/gu)).toHaveLength(1);
  expect(xml).toContain('<error message="INCONCLUSIVE TOY-004">It waits.');
  expect(xml).toContain('<skipped message="N/A TOY-007"/>');
  expect(xml).toContain("replay: flynn-conformance run --only TOY-002");
  expect(xml).toContain('time="1.500"');
});
