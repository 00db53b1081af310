import type { Clock } from "@flynn/sdk/kernel";
import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { abortedError } from "../pacing.ts";
import type { ReferenceSkillScanner } from "../skill-scanner.ts";
import type { ScanPool } from "./scan-pool.ts";
import type { BatchAnswer, Judging, SkillToScan } from "./skill-batch.ts";
import { SkillRequests } from "./skill-requests.ts";
import { lostInWorker, unscannedResult } from "./unscanned-result.ts";

/**
 * What a thread costs before it scans anything, in small skills and in bytes: it loads the scanner and builds its index of rules.
 * All threads start at once, so that this is also what is lost before they are of use.
 */
const SKILLS_OF_A_START = 500;
const BYTES_OF_A_START = 25_165_824;

/** Large enough that messages cost nothing beside the scans, small enough that all threads end at about the same time. */
const MOST_IN_A_BATCH = 64;
const BATCHES_A_THREAD = 8;

export interface ScanManyOptions {
  /** The one of this thread; it is asked for what needs no other. */
  readonly scanner: Pick<ReferenceSkillScanner, "scan" | "info">;
  readonly judging: Judging;
  /** Threads at most; 1 is this one. */
  readonly jobs: number;
  readonly clock: Pick<Clock, "setTimer">;
  readonly signal: AbortSignal;
  /** Told how many skills more are done. */
  readonly onScanned?: (count: number) => void;
  /** Told what a scanner in another thread says of its own faults. */
  readonly onFault?: (fault: string) => void;
}

/**
 * The result of each skill, in the order of the skills. Whatever becomes of a thread, there is a result: a skill that it held is
 * rejected as not scanned. Fails with `ABORTED` once the signal is aborted, and then no thread is left.
 */
export async function scanMany(skills: readonly SkillToScan[], options: ScanManyOptions): Promise<ScanResult[]> {
  const here = await scanHere(skills, options);
  return here.length === skills.length ? here : [...here, ...(await scanInThreads(skills.slice(here.length), options))];
}

/** Those with which threads would not pay: all, or as many as it takes to see that there is a lot to read. */
async function scanHere(skills: readonly SkillToScan[], options: ScanManyOptions): Promise<ScanResult[]> {
  const { scanner, judging, jobs, signal, onScanned } = options;
  const spared = 1 - 1 / jobs;
  const results: ScanResult[] = [];
  if (skills.length * spared >= SKILLS_OF_A_START) return results;
  let bytes = 0;
  const requests = new SkillRequests(judging);
  for (const skill of skills) {
    const left = skills.length - results.length;
    if (left > 1 && (bytes / results.length) * left * spared >= BYTES_OF_A_START) break;
    const result = await scanner.scan(requests.for(skill), { signal });
    bytes += result.inventory.reduce((sum, entry) => sum + entry.bytes, 0);
    results.push(result);
    onScanned?.(1);
  }
  return results;
}

async function scanInThreads(skills: readonly SkillToScan[], options: ScanManyOptions): Promise<ScanResult[]> {
  const { judging, clock, signal } = options;
  const jobs = Math.min(options.jobs, skills.length);
  const { ScanPool } = await import("./scan-pool.ts");
  await using pool = new ScanPool({ jobs, judging, clock, signal });
  return await scanWith(pool, skills, { ...options, jobs });
}

/** As many batches at a time as there are threads; each thread gets its next one when it is done with the last. */
export async function scanWith(
  pool: Pick<ScanPool, "scan">,
  skills: readonly SkillToScan[],
  { scanner, jobs, signal, onScanned, onFault }: Omit<ScanManyOptions, "judging" | "clock">,
): Promise<ScanResult[]> {
  const results: ScanResult[] = [];
  const size = Math.max(1, Math.min(MOST_IN_A_BATCH, Math.ceil(skills.length / (jobs * BATCHES_A_THREAD))));
  let next = 0;
  const runLane = async (lane: number): Promise<void> => {
    while (next < skills.length) {
      const first = next;
      const batch = skills.slice(first, first + size);
      next += batch.length;
      const answer = await pool.scan(batch, lane).catch((error: unknown) => lostBatch(batch, error));
      if (signal.aborted) return;
      for (const fault of answer.faults) onFault?.(fault);
      for (const [index] of batch.entries()) {
        results[first + index] = answer.results[index] ?? unscannedResult(scanner.info, lostInWorker(LOST));
      }
      onScanned?.(batch.length);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, lane) => runLane(lane)));
  if (signal.aborted) throw abortedError(signal);
  return results;
}

const LOST = "The thread that was to scan it died, or did not come to an end";

function lostBatch(batch: readonly SkillToScan[], error: unknown): BatchAnswer {
  return {
    results: [],
    faults: [`${batch.length} skills were not scanned. ${LOST}: ${error instanceof Error ? error.message : String(error)}`],
  };
}
