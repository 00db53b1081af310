import { compareReports } from "../../comparison/compare-reports.ts";
import { comparisonMarkdown, comparisonText } from "../../comparison/comparison-text.ts";
import { readReport } from "../read-report.ts";
import { reportFiles, writeReport } from "../report-files.ts";

/** Shows what changed from one report to another. Exit 1 where something is worse. */
export function diffCommand(beforePath: string, afterPath: string, reports: readonly string[]): number {
  const files = reportFiles(reports, ["markdown", "json"]);
  const comparison = compareReports(readReport(beforePath), readReport(afterPath));
  const out = files.some(({ path }) => path === "-") ? process.stderr : process.stdout;
  out.write(comparisonText(comparison));
  for (const { kind, path } of files)
    writeReport(path, kind === "markdown" ? comparisonMarkdown(comparison) : `${JSON.stringify(comparison, undefined, 2)}\n`);
  return comparison.isWorse ? 1 : 0;
}
