import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { Driver } from "../drivers/driver.ts";
import { judgeContract } from "../judge/judge-contract.ts";
import type { JudgeOptions } from "../judge/judge-contract.ts";
import type { ContractResult } from "../judge/results.ts";
import { ROOT_ROW } from "../judge/row-selection.ts";
import type { RowStatus } from "../judge/status.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { DEFAULT_BOUNDS } from "../wire/bounds.ts";
import type { Bounds } from "../wire/bounds.ts";
import type { BoundaryFault } from "./boundary-fault.ts";
import { generateFaults } from "./generate-faults.ts";
import { ReachedFaults } from "./reached-faults.ts";
import type { FaultResult } from "./sensitivity-schema.ts";
import { SpoiltDriver } from "./spoilt-driver.ts";

export interface SensitivityOptions {
  readonly seed: string;
  readonly jobs: number;
  readonly suiteVersion: string;
  readonly realClock: boolean;
  readonly wants: (id: string) => boolean;
  /** Before the first fault: the run without one, and how many faults there are. */
  readonly onUnspoilt?: (result: ContractResult, faults: number) => void;
  /** Once for each fault, in their order. */
  readonly onResult?: (result: FaultResult) => void;
}

export interface Sensitivity {
  /** The run without a fault. Only rows that pass in it can guard anything. */
  readonly unspoilt: ContractResult;
  readonly faults: readonly FaultResult[];
}

/** Faults that hang are many; a subject that was just seen to answer in time needs no more than this. */
const SHORTEST_ANSWER_BOUND_MS = 2_000;

/** Puts every generated fault around the subject, one at a time, and looks which rows notice. */
export async function measureSensitivity(suite: SuiteDefinition, driver: Driver, options: SensitivityOptions): Promise<Sensitivity> {
  const { seed, suiteVersion, jobs, realClock } = options;
  const judging = { seed, suiteVersion, realClock, acceptHostLimits: true };
  const faults = generateFaults(suite.contract, DEFAULT_BOUNDS.answer).filter(({ id }) => options.wants(id));
  const reached = new ReachedFaults(faults);
  const unspoilt = await judgeContract(suite, new SpoiltDriver(driver, () => reached.intercept()), { ...judging, jobs });
  options.onUnspoilt?.(unspoilt, faults.length);
  const held = new Set(unspoilt.rows.filter(({ status }) => status === "PASS").map(({ requirement }) => requirement.id));
  const results = new Map<string, FaultResult>();
  let told = 0;
  // Told in the order of the faults, whichever of them is done first, so that two runs read alike.
  const settle = (result: FaultResult): void => {
    results.set(result.id, result);
    for (let next = results.get(faults[told]?.id ?? ""); next; next = results.get(faults[told]?.id ?? "")) {
      told += 1;
      options.onResult?.(next);
    }
  };
  const queue = held.size === 0 ? [] : [...faults];
  const worker = async (): Promise<void> => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) {
      const { id, family, title } = fault;
      if (!reached.has(id)) settle({ id, family, title, outcome: "not-reached", fired: 0, caughtBy: [] });
      else settle(await tryFault(fault, suite, driver, held, { ...judging, jobs: 1, bounds: boundsFor(unspoilt) }));
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return { unspoilt, faults: faults.flatMap(({ id }) => results.get(id) ?? []) };
}

async function tryFault(
  fault: BoundaryFault,
  suite: SuiteDefinition,
  driver: Driver,
  held: ReadonlySet<string>,
  judging: JudgeOptions,
): Promise<FaultResult> {
  let fired = 0;
  const spoilt = new SpoiltDriver(driver, () => fault.intercept(() => (fired += 1)));
  const lost = await lostRows(suite, spoilt, held, judging);
  const { id, family, title } = fault;
  // What was lost though the fault did nothing was lost to something else.
  if (fired === 0) return { id, family, title, outcome: "not-reached", fired, caughtBy: [] };
  return { id, family, title, fired, ...lost };
}

async function lostRows(
  suite: SuiteDefinition,
  driver: Driver,
  held: ReadonlySet<string>,
  judging: JudgeOptions,
): Promise<Pick<FaultResult, "outcome" | "caughtBy">> {
  try {
    const { rows } = await judgeContract(suite, driver, judging);
    const now = (isLost: (status: RowStatus) => boolean): string[] =>
      rows.flatMap(({ requirement, status }) => (held.has(requirement.id) && isLost(status) ? [requirement.id] : []));
    const failed = now((status) => status === "FAIL" || status === "WARN");
    if (failed.length > 0) return { outcome: "caught", caughtBy: failed };
    // Also where the suite itself failed: what does not pass any more has not survived.
    const open = now((status) => status !== "PASS");
    return { outcome: open.length > 0 ? "noticed" : "survived", caughtBy: open };
  } catch (error) {
    if (error instanceof BadSubject) return { outcome: "caught", caughtBy: [ROOT_ROW] };
    throw error;
  }
}

function boundsFor(unspoilt: ContractResult): Bounds {
  const slowest = Math.max(0, ...unspoilt.rows.flatMap(({ cases }) => cases.map(({ durationMs }) => durationMs)));
  const answer = Math.min(DEFAULT_BOUNDS.answer, Math.max(SHORTEST_ANSWER_BOUND_MS, slowest * 2));
  return { ...DEFAULT_BOUNDS, answer, late: 0, exit: 1_500 };
}
