import type { CaseReport, ContractReport, Report, RowReport } from "./report-schema.ts";

/** JUnit XML: a suite a contract, a test case a row. INCONCLUSIVE and NOT_RUN are errors, because a skip reads as harmless. */
export function junitReport(report: Report): string {
  const suites = report.runs.map(suite).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="flynn-conformance">\n${suites}\n</testsuites>\n`;
}

function suite(run: ContractReport): string {
  const count = (statuses: readonly RowReport["status"][]): number => run.rows.filter((row) => statuses.includes(row.status)).length;
  const attributes = [
    `name="${escaped(run.contract)}"`,
    `tests="${run.rows.length}"`,
    `failures="${count(["FAIL"])}"`,
    `errors="${count(["INCONCLUSIVE", "NOT_RUN", "HARNESS_ERROR"])}"`,
    `skipped="${count(["N/A"])}"`,
    `time="${(run.durationMs / 1000).toFixed(3)}"`,
  ].join(" ");
  return `  <testsuite ${attributes}>\n${run.rows.map((row) => testCase(row, run)).join("\n")}\n  </testsuite>`;
}

function testCase(row: RowReport, run: ContractReport): string {
  const seconds = row.cases.reduce((total, judged) => total + judged.durationMs, 0) / 1000;
  const opening = `    <testcase classname="${escaped(run.contract)}" name="${escaped(`${row.id} ${row.text}`)}" time="${seconds.toFixed(3)}"`;
  const body = bodyOf(row);
  return body === "" ? `${opening}/>` : `${opening}>\n${body}\n    </testcase>`;
}

function bodyOf(row: RowReport): string {
  const text = escaped(
    [...row.cases.flatMap(caseText), row.reason ?? "", `next: ${row.hint}`, `replay: ${row.replay}`].filter(Boolean).join("\n"),
  );
  const message = `message="${escaped(`${row.status} ${row.id}`)}"`;
  switch (row.status) {
    case "PASS":
      return "";
    case "FAIL":
      return `      <failure ${message}>${text}</failure>`;
    case "WARN":
      return `      <system-out>${text}</system-out>`;
    case "N/A":
      return `      <skipped ${message}/>`;
    case "INCONCLUSIVE":
    case "NOT_RUN":
    case "HARNESS_ERROR":
      return `      <error ${message}>${text}</error>`;
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
