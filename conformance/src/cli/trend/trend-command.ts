import { readdirSync } from "node:fs";
import { join } from "node:path";

import { trendMarkdown, trendText } from "../../comparison/comparison-text.ts";
import { trendOf } from "../../comparison/trend.ts";
import type { Report } from "../../report/report-schema.ts";
import { readReport } from "../read-report.ts";
import { reportFiles, writeReport } from "../report-files.ts";
import { UsageError } from "../usage-error.ts";

/** Shows the reports of a folder in their order. Other files are left out, and named. */
export function trendCommand(folder: string, reports: readonly string[]): void {
  const files = reportFiles(reports, ["markdown", "json"]);
  const read = namesIn(folder).flatMap((name) => readOrSay(folder, name));
  if (read.length === 0)
    throw new UsageError(`There is no report in ${folder}`, `Write some with --report json=${join(folder, "report.json")}`);
  const trend = trendOf(read);
  if (trend.series.length === 0)
    throw new UsageError(`The reports in ${folder} are all of some rows only`, "Write reports of whole runs, without --only.");
  const out = files.some(({ path }) => path === "-") ? process.stderr : process.stdout;
  out.write(trendText(trend));
  for (const { kind, path } of files)
    writeReport(path, kind === "markdown" ? trendMarkdown(trend) : `${JSON.stringify(trend, undefined, 2)}\n`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be read: ${(error as Error).message}`, "Name a folder with JSON reports in it.");
  }
}

function readOrSay(folder: string, name: string): readonly { readonly file: string; readonly report: Report }[] {
  try {
    return [{ file: name, report: readReport(join(folder, name)) }];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`left out: ${error.message}\n`);
    return [];
  }
}
