import { randomBytes } from "node:crypto";

import { exitCodeOf } from "../../judge/verdict.ts";
import { suites } from "../../registry/suites.ts";
import { buildReport } from "../../report/build-report.ts";
import { consoleBaseline } from "../../report/console-baseline.ts";
import { consoleReport } from "../../report/console-report.ts";
import { renderReport } from "../../report/render-report.ts";
import { REPORT_KINDS } from "../../report/report-kind.ts";
import type { BaselineReport } from "../../report/report-schema.ts";
import { styleFor } from "../../report/style.ts";
import { reportFiles, writeReport } from "../report-files.ts";
import { UsageError } from "../usage-error.ts";
import { suiteVersion } from "../version.ts";
import { assignmentsOf } from "./assignments.ts";
import { judgeAssignments } from "./judge-assignments.ts";
import { resolveSubjects } from "./resolve-subjects.ts";
import { RunBaseline } from "./run-baseline.ts";
import type { RunFlags } from "./run-flags.ts";
import { selectionOf } from "./selection.ts";

export async function runCommand(words: readonly string[], command: readonly string[] | undefined, flags: RunFlags): Promise<number> {
  const files = reportFiles(flags.report, REPORT_KINDS);
  const resolved = resolveSubjects(words, command, flags.driver);
  const named = resolved.driver ? resolved.suites : resolved.configured.map(({ suite }) => suite);
  const selection = selectionOf(flags, named.length > 0 ? named : suites);
  const startedAt = new Date();
  const baseline = RunBaseline.of(flags, selection !== undefined, startedAt);
  const assignments = await assignmentsOf(resolved);
  if (assignments.length > 1 && files.some(({ kind }) => kind === "badge"))
    throw new UsageError(
      `A badge is of one contract, and this run is of ${assignments.map(({ suite }) => suite.contract.name).join(", ")}`,
      "Name the contract before the subject.",
    );

  const seed = flags.seed ?? baseline?.seed ?? randomBytes(4).toString("hex");
  const runs = await judgeAssignments(assignments, { seed, selection, flags });
  const out = files.some(({ path }) => path === "-") ? process.stderr : process.stdout;
  const style = styleFor(out, flags.color);
  for (const run of runs) out.write(`${consoleReport(run, style, { showsTranscripts: flags.trace ?? false })}\n`);

  const settled = baseline?.settle(runs);
  if (settled) out.write(`${consoleBaseline(settled, style)}\n`);
  const exitCode = withBaseline(runs.length === 0 ? 3 : exitCodeOf(runs), settled);
  const report = buildReport({ suiteVersion: suiteVersion(), startedAt, exitCode, runs, baseline: settled });
  for (const { kind, path } of files) writeReport(path, await renderReport(kind, report));
  return exitCode;
}

/** A run that did not come to a verdict is not accepted by any baseline; else the baseline decides. */
function withBaseline(exitCode: number, settled: BaselineReport | undefined): number {
  if (!settled || exitCode > 1) return exitCode;
  return settled.problems.length > 0 ? 1 : 0;
}
