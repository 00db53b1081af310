import { AcceptedRows } from "./accepted-rows.ts";
import type { CaseReport, ContractReport, Report, RowReport } from "./report-schema.ts";

/**
 * JUnit XML: a suite a contract, a test case a row. INCONCLUSIVE and NOT_RUN are errors, because a skip reads as harmless. What a
 * baseline accepts is skipped, and what it disagrees with is a suite of its own, so that a server is red where the exit code is not 0.
 */
export function junitReport(report: Report): string {
  const accepted = new AcceptedRows(report);
  const suites = [...report.runs.map((run) => contractSuite(run, accepted)), ...baselineSuite(report)].join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="flynn-conformance">\n${suites}\n</testsuites>\n`;
}

type Outcome = "passed" | "failures" | "errors" | "skipped";

interface TestCase {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: Outcome;
  readonly body: string;
}

function contractSuite(run: ContractReport, accepted: AcceptedRows): string {
  const cases = run.rows.map((row) => testCase(row, accepted.has(run, row)));
  return suite(run.contract, cases, run.durationMs / 1000);
}

function baselineSuite({ baseline }: Report): readonly string[] {
  if (!baseline || baseline.problems.length === 0) return [];
  const cases = baseline.problems.map(({ kind, id, case: name, text }): TestCase => {
    const title = `${kind} ${name === "" ? id : name}`;
    return { name: title, seconds: 0, outcome: "failures", body: `      <failure message="${escaped(title)}">${escaped(text)}</failure>` };
  });
  return [suite(`baseline ${baseline.path}`, cases, 0)];
}

function suite(name: string, cases: readonly TestCase[], seconds: number): string {
  const count = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length;
  const attributes = [
    `name="${escaped(name)}"`,
    `tests="${cases.length}"`,
    ...(["failures", "errors", "skipped"] as const).map((outcome) => `${outcome}="${count(outcome)}"`),
    `time="${seconds.toFixed(3)}"`,
  ].join(" ");
  const lines = cases.map((each) => {
    const opening = `    <testcase classname="${escaped(name)}" name="${escaped(each.name)}" time="${each.seconds.toFixed(3)}"`;
    return each.body === "" ? `${opening}/>` : `${opening}>\n${each.body}\n    </testcase>`;
  });
  return `  <testsuite ${attributes}>\n${lines.join("\n")}\n  </testsuite>`;
}

function testCase(row: RowReport, isAccepted: boolean): TestCase {
  const seconds = row.cases.reduce((total, judged) => total + judged.durationMs, 0) / 1000;
  return { name: `${row.id} ${row.text}`, seconds, ...(isAccepted ? acceptedBody(row) : bodyOf(row)) };
}

function acceptedBody({ id, status }: RowReport): Pick<TestCase, "outcome" | "body"> {
  return { outcome: "skipped", body: `      <skipped message="${escaped(`${status} ${id}, accepted by the baseline`)}"/>` };
}

function bodyOf(row: RowReport): Pick<TestCase, "outcome" | "body"> {
  const text = escaped(
    [...row.cases.flatMap(caseText), row.reason ?? "", `next: ${row.hint}`, `replay: ${row.replay}`].filter(Boolean).join("\n"),
  );
  const message = `message="${escaped(`${row.status} ${row.id}`)}"`;
  switch (row.status) {
    case "PASS":
      return { outcome: "passed", body: "" };
    case "FAIL":
      return { outcome: "failures", body: `      <failure ${message}>${text}</failure>` };
    case "WARN":
      return { outcome: "passed", body: `      <system-out>${text}</system-out>` };
    case "N/A":
      return { outcome: "skipped", body: `      <skipped ${message}/>` };
    case "INCONCLUSIVE":
    case "NOT_RUN":
    case "HARNESS_ERROR":
      return { outcome: "errors", body: `      <error ${message}>${text}</error>` };
  }
}

function caseText(judged: CaseReport): string[] {
  const checks = judged.checks.filter((check) => !check.holds);
  return checks.map(({ did, expected, got }) => `${judged.id}: ${did}; expected ${expected}; got ${got}`);
}

/** XML 1.0 has no way to write most control characters, so they are shown as a replacement. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
