import type { ContractReport } from "../../report/report-schema.ts";

/** Rows by contract, `skill-scanner@1 SCAN-004`. */
export type RowKeys = ReadonlySet<string>;

/** What a round works with. */
export interface RoundSurroundings {
  /** Judges these rows, or all; what it gives after the signal was set is not used. */
  judge(rows: RowKeys | undefined, signal: AbortSignal): Promise<readonly ContractReport[]>;
  /** A part of a round: the rows that failed last time. */
  showFailedFirst(runs: readonly ContractReport[]): void;
  /** The whole of it. */
  showWhole(runs: readonly ContractReport[]): Promise<void>;
  /** The subject cannot be judged as it is now. */
  showProblem(error: unknown): void;
}

/**
 * One round after a change: what failed last time first, so that an author who mends one thing sees at once whether it holds,
 * and then everything. Gives the rows that fail now, for the next round; those of before where a change cut it short.
 */
export async function playRound(failedBefore: RowKeys, signal: AbortSignal, surroundings: RoundSurroundings): Promise<RowKeys> {
  try {
    if (failedBefore.size > 0) {
      const first = await surroundings.judge(failedBefore, signal);
      if (signal.aborted) return failedBefore;
      surroundings.showFailedFirst(first);
    }
    const whole = await surroundings.judge(undefined, signal);
    if (signal.aborted) return failedBefore;
    await surroundings.showWhole(whole);
    return failedRows(whole);
  } catch (error) {
    if (!signal.aborted) surroundings.showProblem(error);
    return failedBefore;
  }
}

/**
 * What to begin with next time. Rows that wait for others come with those. WIRE rows are judged from whole sessions, and so from a
 * whole run only.
 */
function failedRows(runs: readonly ContractReport[]): RowKeys {
  return new Set(
    runs.flatMap(({ contract, rows }) =>
      rows
        .filter(({ id, status }) => ["FAIL", "WARN", "HARNESS_ERROR"].includes(status) && !id.startsWith("WIRE-"))
        .map(({ id }) => `${contract} ${id}`),
    ),
  );
}
