import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { RowResult, Verdict } from "../judge/results.ts";
import { buildReport, contractReport } from "../report/build-report.ts";
import type { Report } from "../report/report-schema.ts";
import { compareReports } from "./compare-reports.ts";
import { comparisonMarkdown, comparisonText, trendMarkdown, trendText } from "./comparison-text.ts";
import { trendOf } from "./trend.ts";

interface Given {
  readonly verdict?: Verdict;
  readonly isFiltered?: boolean;
  readonly suiteVersion?: string;
  readonly at?: number;
}

function report(
  rows: readonly RowResult[],
  { verdict = "conformant", isFiltered = false, suiteVersion = "1", at = 0 }: Given = {},
): Report {
  const result = {
    contract: "toy@1",
    verdict,
    rows,
    capabilities: [],
    subject: { name: "toy", version: "2", source: "./toy.ts" },
    driver: "child",
    seed: "s",
    realClock: false,
    durationMs: 1,
    isFiltered,
    acceptedHostLimits: [],
  };
  const runs = [contractReport(result, toySuite.contract)];
  return buildReport({ suiteVersion, startedAt: new Date(at), exitCode: 0, runs, baseline: undefined });
}

const row = (id: string, status: RowResult["status"], fingerprint?: string): RowResult =>
  rowResult(id, { status, cases: fingerprint === undefined ? [] : [caseResult(`${id}/one`, { status: "FAIL", fingerprint })] });

const changes = (before: readonly RowResult[], after: readonly RowResult[]): string[] =>
  (compareReports(report(before), report(after)).contracts[0]?.changes ?? []).map(({ kind, id }) => `${kind} ${id}`);

const steps: readonly (readonly [RowResult["status"], RowResult["status"], string])[] = [
  ["PASS", "FAIL", "worse"],
  ["PASS", "INCONCLUSIVE", "worse"],
  ["PASS", "NOT_RUN", "worse"],
  ["PASS", "WARN", "worse"],
  ["WARN", "INCONCLUSIVE", "worse"],
  ["INCONCLUSIVE", "FAIL", "changed"],
  ["FAIL", "INCONCLUSIVE", "changed"],
  ["FAIL", "HARNESS_ERROR", "changed"],
  ["FAIL", "PASS", "better"],
  ["INCONCLUSIVE", "PASS", "better"],
  ["NOT_RUN", "INCONCLUSIVE", "changed"],
  ["PASS", "N/A", "scope"],
  ["N/A", "PASS", "scope"],
];

test.each(steps)("from %s to %s is %s", (before, after, kind) => {
  expect(changes([row("TOY-001", before)], [row("TOY-001", after)])).toEqual([`${kind} TOY-001`]);
});

test("the same failure is no change, and another way to fail is one", () => {
  expect(changes([row("TOY-001", "FAIL", "f1")], [row("TOY-001", "FAIL", "f1")])).toEqual([]);
  expect(changes([row("TOY-001", "FAIL", "f1")], [row("TOY-001", "FAIL", "f2")])).toEqual(["changed TOY-001"]);
});

test("what is worse comes first, and rows that only one of the two has are new or gone", () => {
  const before = [row("TOY-001", "FAIL"), row("TOY-002", "PASS"), row("TOY-003", "PASS")];
  const after = [row("TOY-001", "PASS"), row("TOY-002", "FAIL"), row("TOY-004", "FAIL")];
  expect(changes(before, after)).toEqual(["worse TOY-002", "better TOY-001", "new TOY-004", "gone TOY-003"]);
});

test("a run of some rows does not make the others new or gone, and is remarked on", () => {
  const compared = compareReports(report([row("TOY-001", "PASS")], { isFiltered: true }), report([row("TOY-002", "PASS")]));
  expect(compared.contracts[0]?.changes).toEqual([]);
  expect(compared.remarks).toEqual(["the earlier run was of some rows only"]);
});

test("only what got worse makes it worse; a contract that was conformant and is not run any more too", () => {
  const good = report([row("TOY-001", "PASS")]);
  expect(compareReports(good, report([row("TOY-001", "PASS"), row("TOY-002", "FAIL")], { suiteVersion: "2" })).isWorse).toBe(false);
  expect(compareReports(good, report([row("TOY-001", "FAIL")])).isWorse).toBe(true);
  expect(compareReports(good, { ...good, runs: [] }).isWorse).toBe(true);
  expect(compareReports({ ...good, runs: [] }, good).isWorse).toBe(false);
});

test("it reads as text and as Markdown", () => {
  const compared = compareReports(
    report([row("TOY-001", "PASS")]),
    report([row("TOY-001", "FAIL")], { verdict: "not-conformant", suiteVersion: "2" }),
  );
  expect(comparisonText(compared)).toBe(
    [
      "toy@1 · toy 2: conformant -> not-conformant",
      "  worse: TOY-001 PASS -> FAIL  What TOY-001 asks of an implementation.",
      "",
      "note: the suite was 1 and is 2, so rows may be new or gone",
      "something is worse",
      "",
    ].join("\n"),
  );
  expect(comparisonMarkdown(compared)).toContain("| worse | TOY-001 | PASS | FAIL |");
});

test("a trend follows each subject in the order of time, and leaves out runs of some rows", () => {
  const trend = trendOf([
    { file: "c.json", report: report([row("TOY-001", "PASS"), row("TOY-002", "FAIL")], { at: 2_000, verdict: "not-conformant" }) },
    { file: "a.json", report: report([row("TOY-001", "FAIL"), row("TOY-002", "PASS")], { at: 1_000, verdict: "not-conformant" }) },
    { file: "b.json", report: report([row("TOY-001", "PASS")], { at: 1_500, isFiltered: true }) },
  ]);
  expect(trend.series).toHaveLength(1);
  expect(trend.series[0]?.points.map(({ file, better, worse, counts }) => ({ file, better, worse, counts }))).toEqual([
    { file: "a.json", better: [], worse: [], counts: "1/2 MUST" },
    { file: "c.json", better: ["TOY-001"], worse: ["TOY-002"], counts: "1/2 MUST" },
  ]);
  expect(trendText(trend)).toContain("1970-01-01 00:00  2         suite 1  not-conformant  1/2 MUST  worse: TOY-002  better: TOY-001");
  expect(trendMarkdown(trend)).toContain("| 1970-01-01 | 2 | 1 | not-conformant | 1/2 MUST | TOY-002 | TOY-001 |");
});
