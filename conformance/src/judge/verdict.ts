import type { ContractResult, RowResult, Verdict } from "./results.ts";

const FAILING: readonly RowResult["status"][] = ["FAIL", "INCONCLUSIVE", "NOT_RUN"];

/** What a run may claim, and which limits of this machine it had to accept for that. */
export function verdictOf(
  rows: readonly RowResult[],
  isFiltered: boolean,
  acceptsHostLimits: boolean,
): Pick<ContractResult, "verdict" | "acceptedHostLimits"> {
  const must = rows.filter((row) => row.requirement.level === "MUST");
  const accepted = acceptsHostLimits ? rows.filter((row) => row.status === "NOT_RUN" && row.isHostLimit) : [];
  const failing = must.filter((row) => FAILING.includes(row.status) && !accepted.includes(row));
  return { verdict: verdict(rows, must, failing, isFiltered), acceptedHostLimits: accepted.map((row) => row.requirement.id) };
}

function verdict(rows: readonly RowResult[], must: readonly RowResult[], failing: readonly RowResult[], isFiltered: boolean): Verdict {
  if (rows.some((row) => row.status === "HARNESS_ERROR")) return "harness-error";
  const ran = (isFiltered ? rows : must).some((row) => ["PASS", "FAIL", "WARN"].includes(row.status));
  if (!ran) return "nothing-ran";
  if (failing.length > 0) return "not-conformant";
  return isFiltered ? "no-claim" : "conformant";
}

/** The exit code of a run: the worst of its contracts. 0 conformant, 1 not, 3 nothing ran, 4 the suite itself failed. */
export function exitCodeOf(results: readonly Pick<ContractResult, "verdict">[]): number {
  const codes: Readonly<Record<Verdict, number>> = {
    conformant: 0,
    "no-claim": 0,
    "not-conformant": 1,
    "nothing-ran": 3,
    "harness-error": 4,
  };
  return Math.max(0, ...results.map((result) => codes[result.verdict]));
}
