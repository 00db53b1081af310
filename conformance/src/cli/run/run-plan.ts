import { randomBytes } from "node:crypto";

import type { Requirement } from "@flynn/sdk/kernel";

import { suites } from "../../registry/suites.ts";
import { REPORT_KINDS } from "../../report/report-kind.ts";
import type { ReportKind } from "../../report/report-kind.ts";
import { reportFiles } from "../report-files.ts";
import type { ReportFile } from "../report-files.ts";
import { UsageError } from "../usage-error.ts";
import { assignmentsOf } from "../subjects/assignments.ts";
import { resolveSubjects } from "../subjects/resolve-subjects.ts";
import type { Assignment } from "../subjects/resolve-subjects.ts";
import { RunBaseline } from "./run-baseline.ts";
import type { RunFlags } from "./run-flags.ts";
import { selectionOf } from "./selection.ts";

/** What a command line asks for, checked before anything is judged. */
export interface RunPlan {
  readonly flags: RunFlags;
  readonly assignments: readonly Assignment[];
  /** What is left of the rows; undefined for all of them. */
  readonly selection: ((requirement: Requirement) => boolean) | undefined;
  readonly seed: string;
  readonly files: readonly ReportFile<ReportKind>[];
  readonly baseline: RunBaseline | undefined;
}

export async function planRun(words: readonly string[], command: readonly string[] | undefined, flags: RunFlags): Promise<RunPlan> {
  const files = reportFiles(flags.report, REPORT_KINDS);
  const resolved = resolveSubjects(words, command, flags.driver);
  const named = resolved.driver ? resolved.suites : resolved.configured.map(({ suite }) => suite);
  const selection = selectionOf(flags, named.length > 0 ? named : suites);
  const baseline = RunBaseline.of(flags, selection !== undefined, new Date());
  checkWatch(flags);
  const assignments = await assignmentsOf(resolved);
  if (assignments.length > 1 && files.some(({ kind }) => kind === "badge"))
    throw new UsageError(
      `A badge is of one contract, and this run is of ${assignments.map(({ suite }) => suite.contract.name).join(", ")}`,
      "Name the contract before the subject.",
    );
  return { flags, assignments, selection, seed: flags.seed ?? baseline?.seed ?? randomBytes(4).toString("hex"), files, baseline };
}

function checkWatch({ watch, watchFolder, driver, updateBaseline }: RunFlags): void {
  if (!watch && watchFolder.length > 0) throw new UsageError("--watch-folder belongs to --watch", "Add --watch, or leave it out.");
  if (watch && driver === "in-process")
    throw new UsageError("--watch cannot load a module again into the process that has it", "Leave --driver in-process out.");
  if (watch && updateBaseline)
    throw new UsageError("--update-baseline writes the file once, and --watch runs again and again", "Leave one of them out.");
}
