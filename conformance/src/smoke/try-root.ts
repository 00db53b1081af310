import type { Requirement } from "@flynn/sdk/kernel";

import type { Driver } from "../drivers/driver.ts";
import { judgeContract } from "../judge/judge-contract.ts";
import type { CheckResult, RowResult } from "../judge/results.ts";
import { rootRequirement } from "../judge/root-requirement.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import type { SmokeBudget } from "./smoke-budget.ts";

/** How the first requirement of a contract stands. */
export type RootTried =
  | { readonly status: "holds"; readonly root: Requirement }
  | { readonly status: "does not hold"; readonly root: Requirement; readonly check: Omit<CheckResult, "name" | "holds"> }
  /** Something broke the wire, and only in use. */
  | { readonly status: "broken"; readonly root: Requirement; readonly by: string; readonly check: Omit<CheckResult, "name" | "holds"> }
  | { readonly status: "not tried"; readonly root: Requirement; readonly reason: string }
  | { readonly status: "suite failed"; readonly root: Requirement; readonly reason: string };

/** Runs the requirement that most others stand on, in sessions of its own, in what is left of the time. */
export async function tryRoot(
  suite: SuiteDefinition,
  driver: Driver,
  by: { readonly budget: SmokeBudget; readonly suiteVersion: string; readonly seed: string },
): Promise<RootTried | undefined> {
  const root = rootRequirement(suite.contract);
  if (!root) return undefined;
  const leftMs = by.budget.remaining;
  if (leftMs < 1_000) return { status: "not tried", root, reason: "The steps before it took all of the time." };
  const { seed, suiteVersion, budget } = by;
  const stop = new AbortController();
  const selection = ({ id }: Requirement): boolean => id === root.id;
  const judged = judgeContract(suite, driver, { seed, suiteVersion, jobs: 2, bounds: budget, selection, signal: stop.signal });
  // What comes after its time is over is nobody's any more.
  judged.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), leftMs);
  });
  const result = await Promise.race([judged, late]).finally(() => clearTimeout(timer));
  if (!result) stop.abort();
  if (!result) return { status: "not tried", root, reason: `It was not over within the ${Math.round(leftMs / 1_000)} s that were left.` };
  return standing(root, result.rows);
}

function standing(root: Requirement, rows: readonly RowResult[]): RootTried {
  const row = rows.find(({ requirement }) => requirement.id === root.id);
  const broken = rows.find(({ requirement, status }) => requirement.id !== root.id && status === "FAIL");
  if (row?.status === "PASS") return { status: "holds", root };
  if (row?.status === "FAIL") return { status: "does not hold", root, check: failedCheck(row, root) };
  if (broken?.cases.some(({ checks }) => checks.some(({ name }) => name === "unknown-code")))
    return { status: "does not hold", root, check: failedCheck(broken, broken.requirement) };
  if (broken) return { status: "broken", root, by: broken.requirement.id, check: failedCheck(broken, broken.requirement) };
  const reason = row?.reason ?? row?.cases.find((judged) => judged.reason !== undefined)?.reason ?? "No reason was given.";
  return { status: row?.status === "HARNESS_ERROR" ? "suite failed" : "not tried", root, reason };
}

function failedCheck(row: RowResult, requirement: Requirement): Omit<CheckResult, "name" | "holds"> {
  const judged = row.cases.find(({ status }) => status === "FAIL");
  const check = judged?.checks.find(({ holds }) => !holds);
  const { did, expected, got, next } = check ?? {
    did: judged?.title ?? "",
    expected: requirement.text,
    got: judged?.reason ?? "",
    next: undefined,
  };
  return { did, expected, got, next: next ?? requirement.hint };
}
