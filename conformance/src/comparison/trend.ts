import { countLine } from "../report/count-line.ts";
import type { ContractReport, Report } from "../report/report-schema.ts";
import { compareReports } from "./compare-reports.ts";
import { TREND_VERSION } from "./trend-schema.ts";
import type { Trend, TrendPoint } from "./trend-schema.ts";

/** Sorts reports into series. Runs of some rows only are left out: they have no verdict to follow. */
export function trendOf(reports: readonly { readonly file: string; readonly report: Report }[]): Trend {
  const ordered = reports.toSorted((a, b) => a.report.startedAt.localeCompare(b.report.startedAt) || a.file.localeCompare(b.file));
  const series = new Map<string, { readonly file: string; readonly report: Report; readonly run: ContractReport }[]>();
  for (const { file, report } of ordered) {
    for (const run of report.runs.filter(({ isFiltered }) => !isFiltered)) {
      const key = `${run.contract}\0${run.subject.name}`;
      const single = { ...report, runs: [run] };
      series.set(key, [...(series.get(key) ?? []), { file, report: single, run }]);
    }
  }
  return {
    schema: TREND_VERSION,
    series: [...series].map(([key, runs]) => {
      const [contract = "", subject = ""] = key.split("\0");
      return { contract, subject, points: runs.map(({ file, report, run }, index) => point(file, report, run, runs[index - 1]?.report)) };
    }),
  };
}

function point(file: string, report: Report, run: ContractReport, before: Report | undefined): TrendPoint {
  const changes = before ? compareReports(before, report).contracts.flatMap((comparison) => comparison.changes) : [];
  const ids = (kind: "better" | "worse"): string[] => changes.filter((change) => change.kind === kind).map(({ id }) => id);
  return {
    file,
    startedAt: report.startedAt,
    suiteVersion: report.suite.version,
    subjectVersion: run.subject.version,
    verdict: run.verdict,
    counts: countLine(run),
    better: ids("better"),
    worse: ids("worse"),
  };
}
