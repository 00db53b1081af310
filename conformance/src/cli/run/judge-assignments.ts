import { availableParallelism } from "node:os";

import type { Requirement } from "@flynn/sdk/kernel";
import { wireRequirements } from "@flynn/sdk/wire";

import { judgeContract } from "../../judge/judge-contract.ts";
import { contractReport } from "../../report/build-report.ts";
import type { ContractReport } from "../../report/report-schema.ts";
import { suiteVersion } from "../version.ts";
import { Progress } from "./progress.ts";
import type { Assignment } from "../subjects/resolve-subjects.ts";
import type { RunFlags } from "./run-flags.ts";

export interface JudgedBy {
  readonly seed: string;
  readonly selection: ((requirement: Requirement) => boolean) | undefined;
  readonly flags: Pick<RunFlags, "jobs" | "realClock" | "acceptHostLimits" | "trace">;
  readonly signal?: AbortSignal;
}

/** Judges one contract after the other, with the progress shown. A contract of which nothing is selected is left out. */
export async function judgeAssignments(assignments: readonly Assignment[], by: JudgedBy): Promise<readonly ContractReport[]> {
  const { seed, selection, flags, signal } = by;
  const progress = new Progress(process.stderr);
  const runs: ContractReport[] = [];
  for (const { suite, driver } of assignments) {
    const rows = [...wireRequirements, ...suite.contract.requirements];
    if (selection && !rows.some(selection)) continue;
    const result = await judgeContract(suite, driver, {
      seed,
      jobs: flags.jobs ?? Math.min(4, availableParallelism()),
      suiteVersion: suiteVersion(),
      ...(selection ? { selection } : {}),
      ...(signal ? { signal } : {}),
      realClock: flags.realClock ?? false,
      acceptHostLimits: flags.acceptHostLimits ?? false,
      keepTranscripts: flags.trace ?? false,
      onCase: (judged) => progress.show(suite.contract.name, judged),
    }).finally(() => progress.clear());
    runs.push(contractReport(result, suite.contract));
  }
  return runs;
}
