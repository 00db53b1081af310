import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";

import { wireRequirements } from "@flynn/sdk/wire";

import { BadSubject } from "../../diagnosis/bad-subject.ts";
import { judgeContract } from "../../judge/judge-contract.ts";
import type { ContractResult } from "../../judge/results.ts";
import { startSession } from "../../judge/session-pool.ts";
import { exitCodeOf } from "../../judge/verdict.ts";
import { suiteNamed, suites } from "../../registry/suites.ts";
import { buildReport } from "../../report/build-report.ts";
import { consoleReport } from "../../report/console-report.ts";
import { renderReport } from "../../report/render-report.ts";
import { REPORT_KINDS } from "../../report/report-kind.ts";
import { styleFor } from "../../report/style.ts";
import { DEFAULT_BOUNDS } from "../../wire/bounds.ts";
import type { RunFlags } from "./run-flags.ts";
import { Progress } from "./progress.ts";
import { reportFiles, writeReport } from "../report-files.ts";
import { resolveSubjects } from "./resolve-subjects.ts";
import type { Assignment } from "./resolve-subjects.ts";
import { selectionOf } from "./selection.ts";
import { UsageError } from "../usage-error.ts";
import { suiteVersion } from "../version.ts";

export async function runCommand(words: readonly string[], command: readonly string[] | undefined, flags: RunFlags): Promise<number> {
  const files = reportFiles(flags.report, REPORT_KINDS);
  const resolved = resolveSubjects(words, command, flags.driver);
  const named = resolved.driver ? resolved.suites : resolved.configured.map(({ suite }) => suite);
  const selection = selectionOf(flags, named.length > 0 ? named : suites);
  const assignments = resolved.driver ? await offered(resolved.driver, resolved.suites) : resolved.configured;
  if (assignments.length > 1 && files.some(({ kind }) => kind === "badge"))
    throw new UsageError(
      `A badge is of one contract, and this run is of ${assignments.map(({ suite }) => suite.contract.name).join(", ")}`,
      "Name the contract before the subject.",
    );

  const startedAt = new Date();
  const seed = flags.seed ?? randomBytes(4).toString("hex");
  const progress = new Progress(process.stderr);
  const results: { readonly result: ContractResult; readonly contract: Assignment["suite"]["contract"] }[] = [];
  for (const { suite, driver } of assignments) {
    const rows = [...wireRequirements, ...suite.contract.requirements];
    if (selection && !rows.some(selection)) continue;
    const result = await judgeContract(suite, driver, {
      seed,
      jobs: flags.jobs ?? Math.min(4, availableParallelism()),
      suiteVersion: suiteVersion(),
      ...(selection ? { selection } : {}),
      realClock: flags.realClock ?? false,
      acceptHostLimits: flags.acceptHostLimits ?? false,
      keepTranscripts: flags.trace ?? false,
      onCase: (judged) => progress.show(suite.contract.name, judged),
    }).finally(() => progress.clear());
    results.push({ result, contract: suite.contract });
  }

  const exitCode = results.length === 0 ? 3 : exitCodeOf(results.map(({ result }) => result));
  const report = buildReport(suiteVersion(), startedAt, exitCode, results);
  const hasReportOnStdout = files.some(({ path }) => path === "-");
  const out = hasReportOnStdout ? process.stderr : process.stdout;
  const style = styleFor(out, flags.color);
  for (const run of report.runs) out.write(`${consoleReport(run, style, { showsTranscripts: flags.trace ?? false })}\n`);
  for (const { kind, path } of files) writeReport(path, await renderReport(kind, report));
  return exitCode;
}

/** The contracts that were named, or else all that the subject offers and this suite knows. */
async function offered(
  driver: NonNullable<ReturnType<typeof resolveSubjects>["driver"]>,
  named: readonly Assignment["suite"][],
): Promise<readonly Assignment[]> {
  if (named.length > 0) return named.map((suite) => ({ suite, driver }));
  const session = await startSession(driver, DEFAULT_BOUNDS, suiteVersion());
  const keys = Object.keys(session.hello.contracts);
  await session.end();
  const known = keys.flatMap((key) => suiteNamed(key) ?? []);
  if (known.length === 0) {
    const have = suites.map((suite) => suite.contract.name).join(", ");
    throw new BadSubject(
      "contract-missing",
      `The subject offers ${keys.join(", ") || "no contract"}, and this suite knows none of it`,
      `This suite judges ${have}.`,
    );
  }
  return known.map((suite) => ({ suite, driver }));
}
