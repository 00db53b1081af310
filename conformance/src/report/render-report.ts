import { publishedKillMatrix } from "../mutation/published-kill-matrix.ts";
import { badge } from "./badge.ts";
import { junitReport } from "./junit-report.ts";
import { markdownReport } from "./markdown-report.ts";
import type { ReportKind } from "./report-kind.ts";
import type { Report } from "./report-schema.ts";

/** A report as the text of a file of its kind. */
export async function renderReport(kind: ReportKind, report: Report): Promise<string> {
  switch (kind) {
    case "json":
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case "junit":
      return junitReport(report);
    case "markdown":
      return markdownReport(report);
    case "badge":
      return `${JSON.stringify(badge(report), undefined, 2)}\n`;
    case "html": {
      const { htmlReport } = await import("./html/html-report.ts");
      const killMatrices = report.runs.flatMap(({ contract }) => publishedKillMatrix(contract.split("@", 1)[0] ?? contract) ?? []);
      return htmlReport(report, { killMatrices });
    }
  }
}
