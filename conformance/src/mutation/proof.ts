import type { ContractReport, RowReport } from "../report/report-schema.ts";
import type { Mutant } from "./mutant.ts";
import { reviewMessage } from "./review-message.ts";

/** What came of one mutant. */
export interface MutantResult {
  readonly id: string;
  readonly kind: "null" | "liar" | "mutant";
  readonly mutant: Mutant;
  readonly failed: readonly string[];
  /** How many rows could not be judged because of the failed ones. */
  readonly blocked: number;
  /** Why the claim does not hold; undefined where it does. */
  readonly problem?: string;
}

/** Everything that the suite proves of itself for one contract. */
export interface Proof {
  readonly contract: string;
  readonly results: readonly MutantResult[];
  /** MUST rows that no mutant fails alone, without a written reason. */
  readonly unguarded: readonly string[];
}

/** Whether a null subject passed a MUST: then that row can be passed by doing nothing. */
export function judgeNull(mutant: Mutant, run: ContractReport | undefined): MutantResult {
  const passed = (run?.rows ?? []).filter((row) => row.level === "MUST" && row.status === "PASS").map((row) => row.id);
  const base = { id: mutant.id, kind: "null", mutant, failed: failedRows(run), blocked: blockedRows(run).length } as const;
  const broken = (run?.rows ?? []).filter((row) => row.status === "HARNESS_ERROR").map((row) => row.id);
  if (broken.length > 0) return { ...base, problem: `makes the suite fail in ${broken.join(", ")}` };
  return passed.length === 0 ? base : { ...base, problem: `passes ${passed.join(", ")} by doing nothing` };
}

/** Whether a mutant fails exactly the rows that it claims, with the message that it claims, and everything else only waits. */
export function judgeMutant(mutant: Mutant, kind: "liar" | "mutant", run: ContractReport): MutantResult {
  const failed = failedRows(run);
  const base = { id: mutant.id, kind, mutant, failed, blocked: blockedRows(run).length };
  const problem = setProblem(mutant.kills, failed) ?? strayProblem(mutant.kills, run) ?? messageProblem(mutant, run) ?? reviewProblem(run);
  return problem === undefined ? base : { ...base, problem };
}

function setProblem(claimed: readonly string[], failed: readonly string[]): string | undefined {
  const missed = claimed.filter((id) => !failed.includes(id));
  const extra = failed.filter((id) => !claimed.includes(id));
  if (missed.length === 0 && extra.length === 0) return undefined;
  return [missed.length > 0 ? `survives ${missed.join(", ")}` : "", extra.length > 0 ? `also fails ${extra.join(", ")}` : ""]
    .filter(Boolean)
    .join("; ");
}

const MOST_STRAYS = 3;

/** A row may be undecided only because of a row that was meant to fail. */
function strayProblem(claimed: readonly string[], run: ContractReport): string | undefined {
  const strays = run.rows.filter((row) => ["INCONCLUSIVE", "NOT_RUN", "HARNESS_ERROR"].includes(row.status) && !leadsTo(row, claimed, run));
  if (strays.length === 0) return undefined;
  const named = strays.slice(0, MOST_STRAYS).map((row) => `${row.id} (${row.status}: ${row.reason ?? ""})`);
  const more = strays.length > MOST_STRAYS ? ` and ${strays.length - MOST_STRAYS} more` : "";
  return `leaves open ${named.join(", ")}${more}`;
}

function leadsTo(row: RowReport, claimed: readonly string[], run: ContractReport): boolean {
  // Without one MUST of the contract that passed, the WIRE rows have nothing to stand on; that follows from the kill.
  if (row.id.startsWith("WIRE-") && row.status === "INCONCLUSIVE" && row.blockedBy === undefined) return true;
  const seen = new Set<string>();
  for (let current: RowReport | undefined = row; current?.blockedBy !== undefined && !seen.has(current.id);) {
    if (claimed.includes(current.blockedBy)) return true;
    seen.add(current.id);
    const next: string = current.blockedBy;
    current = run.rows.find((other) => other.id === next);
  }
  return false;
}

function messageProblem(mutant: Mutant, run: ContractReport): string | undefined {
  const row = run.rows.find((candidate) => candidate.id === mutant.kills[0]);
  const said = (row?.cases ?? [])
    .filter((judged) => judged.status === "FAIL")
    .flatMap((judged) => [
      judged.reason ?? "",
      ...judged.checks.filter((check) => !check.holds).flatMap((check) => [check.did, check.expected, check.got]),
    ]);
  return said.some((text) => text.includes(mutant.message))
    ? undefined
    : `is caught, but the message does not say "${mutant.message}": ${said.join(" | ").slice(0, 300)}`;
}

/** Each message of a row that failed is one that an author may get. */
function reviewProblem(run: ContractReport): string | undefined {
  const failed = run.rows.filter(({ status }) => status === "FAIL" || status === "WARN");
  return failed.map((row) => reviewMessage(row, run)).find((problem) => problem !== undefined);
}

function failedRows(run: ContractReport | undefined): readonly string[] {
  return (run?.rows ?? []).filter((row) => row.status === "FAIL" || row.status === "WARN").map((row) => row.id);
}

function blockedRows(run: ContractReport | undefined): readonly RowReport[] {
  return (run?.rows ?? []).filter((row) => row.status === "INCONCLUSIVE");
}
