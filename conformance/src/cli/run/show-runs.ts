import { exitCodeOf } from "../../judge/verdict.ts";
import { buildReport } from "../../report/build-report.ts";
import { consoleBaseline } from "../../report/console-baseline.ts";
import { consoleReport } from "../../report/console-report.ts";
import { printable } from "../../report/printable.ts";
import { renderReport } from "../../report/render-report.ts";
import type { BaselineReport, ContractReport } from "../../report/report-schema.ts";
import { styleFor } from "../../report/style.ts";
import { writeReport } from "../report-files.ts";
import { suiteVersion } from "../version.ts";
import type { RunPlan } from "./run-plan.ts";

/** Where people read: not where a report goes that others read. */
export function outputOf({ files }: RunPlan): NodeJS.WriteStream {
  return files.some(({ path }) => path === "-") ? process.stderr : process.stdout;
}

export function printRuns(plan: RunPlan, runs: readonly ContractReport[]): void {
  const out = outputOf(plan);
  const style = styleFor(out, plan.flags.color);
  for (const run of runs) out.write(`${consoleReport(run, style, { showsTranscripts: plan.flags.trace ?? false })}\n`);
}

/** Shows what came of a run, holds it against the baseline, writes the reports, and gives the exit code. */
export async function showRuns(plan: RunPlan, runs: readonly ContractReport[], startedAt: Date): Promise<number> {
  const out = outputOf(plan);
  printRuns(plan, runs);
  const settled = plan.baseline?.settle(runs);
  if (settled) out.write(`${consoleBaseline(settled, styleFor(out, plan.flags.color))}\n`);
  const exitCode = withBaseline(runs.length === 0 ? 3 : exitCodeOf(runs), settled);
  const report = buildReport({ suiteVersion: suiteVersion(), startedAt, exitCode, runs, baseline: settled });
  for (const { kind, path } of plan.files) {
    writeReport(path, await renderReport(kind, report));
    if (path !== "-") out.write(`wrote ${printable(path)} (${kind})\n`);
  }
  return exitCode;
}

/** A run that did not come to a verdict is not accepted by any baseline; else the baseline decides. */
function withBaseline(exitCode: number, settled: BaselineReport | undefined): number {
  if (!settled || exitCode > 1) return exitCode;
  return settled.problems.length > 0 ? 1 : 0;
}
