import type { Requirement } from "@flynn/sdk/kernel";
import { contractKey, wireRequirements } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";

import { wireCases } from "../cases/wire/index.ts";
import type { Driver } from "../drivers/driver.ts";
import { DEFAULT_BOUNDS } from "../wire/bounds.ts";
import type { Bounds } from "../wire/bounds.ts";
import type { Session } from "../wire/session.ts";
import { CaseRun } from "./case-run.ts";
import type { CaseDefinition } from "./case.ts";
import { checkDeclaration, declarationOf } from "./declaration.ts";
import type { Declaration } from "./declaration.ts";
import { missingFeature } from "./host-features.ts";
import { judgeCapabilities } from "./judge-capabilities.ts";
import type { CaseResult, ContractResult, RowResult } from "./results.ts";
import { RowBoard } from "./row-board.ts";
import { ROOT_ROW, withBlockers, withPrerequisites } from "./row-selection.ts";
import { SessionPool, startSession } from "./session-pool.ts";
import type { SuiteDefinition } from "./suite-definition.ts";
import { verdictOf } from "./verdict.ts";
import { isWireRow } from "./wire-row.ts";
import { judgeWireRows } from "./wire-verdicts.ts";

export interface JudgeOptions {
  readonly seed: string;
  readonly jobs: number;
  readonly suiteVersion: string;
  /** The rows that were asked for, or undefined for all of them. */
  readonly selection?: (requirement: Requirement) => boolean;
  readonly realClock?: boolean;
  readonly acceptHostLimits?: boolean;
  readonly keepTranscripts?: boolean;
  readonly bounds?: Bounds;
  /** Stops the run between two cases. What was not tried by then is NOT_RUN. */
  readonly signal?: AbortSignal;
  readonly onCase?: (result: CaseResult, requirement: Requirement) => void;
}

/** Runs the cases of one contract against one subject. Throws a `BadSubject` where there is nothing to judge. */
export async function judgeContract(suite: SuiteDefinition, driver: Driver, options: JudgeOptions): Promise<ContractResult> {
  const startedAt = performance.now();
  const bounds = options.bounds ?? DEFAULT_BOUNDS;
  const key = contractKey(suite.contract);
  const first = await startSession(driver, bounds, options.suiteVersion);
  const { hello } = first;
  const declared = await declarationOrEnd(suite.contract, first);
  // The sessions that follow have nothing to do with this one, and its end need not be waited for before they begin.
  const firstEnded = first.end();
  checkDeclaration(declared, suite.contract, first);

  const all = [...wireRequirements, ...suite.contract.requirements].filter((row) => row.untestable === undefined);
  const selected = options.selection ? all.filter(options.selection) : all;
  const needed = withPrerequisites(selected, all);
  const watched = all.filter((row) => isWireRow(row) && !needed.includes(row));
  const board = new RowBoard(needed, [...wireCases(suite), ...suite.cases], ROOT_ROW, declared.flags);
  const byId = new Map(needed.map((row) => [row.id, row]));
  const usesRealClock = hello.clock === "real";
  const newPool = (): SessionPool => new SessionPool(driver, bounds, options.suiteVersion, usesRealClock);
  const pools = Array.from({ length: Math.max(1, options.jobs) }, newPool);

  const resultOf = async (definition: CaseDefinition, pool: SessionPool): Promise<CaseResult> => {
    const obstacle = await obstacleTo(definition, usesRealClock, options);
    return obstacle ?? (await new CaseRun(definition, suite, pool, options.seed).run(options.keepTranscripts ?? false));
  };
  const runCase = async (definition: CaseDefinition, pool: SessionPool): Promise<void> => {
    const result = await resultOf(definition, pool);
    board.settle(result, definition);
    const requirement = byId.get(definition.requirement);
    if (requirement) options.onCase?.(result, requirement);
  };
  await drain(board, pools, runCase, options.signal);
  // Sessions of its own, because what goes wrong in an operation that was never promised breaks no promise.
  const apart = newPool();
  const capabilities = await judgeCapabilities(suite, declared.flags, board.results(), (definition) => resultOf(definition, apart));
  await Promise.all([firstEnded, apart.close(), ...pools.map((pool) => pool.close())]);

  const violations = [first, ...pools].flatMap((source) => source.violations);
  const seen = { frames: sum(pools.map((pool) => pool.frames)), sessions: sum(pools.map((pool) => pool.sessions)) };
  const unasked: readonly RowResult[] = watched.map((requirement) => ({ requirement, status: "PASS", cases: [] }));
  const judged = judgeWireRows([...unasked, ...provenAbsences(board.results())], suite.contract, violations, seen);
  const shown = withBlockers(
    judged.filter((row) => selected.includes(row.requirement)),
    judged,
  );
  const rows = judged.filter((row) => shown.has(row));
  const isFiltered = options.selection !== undefined;
  return {
    contract: key,
    ...verdictOf(rows, isFiltered, options.acceptHostLimits ?? false),
    rows,
    capabilities,
    subject: { ...hello.subject, source: driver.subject, ...(driver.command ? { command: driver.command } : {}) },
    driver: driver.name,
    seed: options.seed,
    realClock: usesRealClock && (options.realClock ?? false),
    durationMs: performance.now() - startedAt,
    isFiltered,
  };
}

async function declarationOrEnd(contract: ContractDefinition, session: Session): Promise<Declaration> {
  try {
    return declarationOf(contract, session.hello);
  } catch (error) {
    await session.end();
    throw error;
  }
}

/** Workers take cases as rows become ready, and wait while others may still make some ready. */
async function drain(
  board: RowBoard,
  pools: readonly SessionPool[],
  runCase: (definition: CaseDefinition, pool: SessionPool) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const idle = [...pools];
  const running = new Set<Promise<void>>();
  while (!board.isDone) {
    const pool = idle.pop();
    const definition = pool && !signal?.aborted ? board.next() : undefined;
    if (pool && definition) {
      const task = runCase(definition, pool).finally(() => {
        running.delete(task);
        idle.push(pool);
      });
      running.add(task);
      continue;
    }
    if (pool) idle.push(pool);
    if (running.size === 0) break;
    await Promise.race(running);
  }
}

async function obstacleTo(definition: CaseDefinition, usesRealClock: boolean, options: JudgeOptions): Promise<CaseResult | undefined> {
  const notRun = { id: definition.id, title: definition.title, status: "NOT_RUN", durationMs: 0, checks: [], notes: [] } as const;
  if (definition.movesTime && usesRealClock && !options.realClock) {
    return { ...notRun, reason: "The subject has no virtual clock; add --real-clock to wait for real." };
  }
  for (const feature of definition.requires ?? []) {
    const missing = await missingFeature(feature);
    if (missing !== undefined) return { ...notRun, reason: `This host cannot show it: ${missing}.`, isHostLimit: true };
  }
  return undefined;
}

/** The row of an undeclared capability is N/A only once its refusal was shown. */
function provenAbsences(rows: readonly RowResult[]): readonly RowResult[] {
  return rows.map((row) => {
    const { flag } = row.requirement;
    if (row.status !== "N/A" || flag === undefined || flag.startsWith("!")) return row;
    const refusal = rows.find((other) => other.requirement.flag === `!${flag}`);
    if (!refusal || refusal.status === "PASS") return row;
    const id = refusal.requirement.id;
    return { ...row, status: "INCONCLUSIVE", blockedBy: id, reason: `${flag} is not declared, but ${id} did not show that it is refused.` };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
