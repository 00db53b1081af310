import type { CaseReport, ContractReport, RowReport } from "./report-schema.ts";

/**
 * The rows that need work, in the order in which to do it: first the one that keeps most others from being tried, then those of
 * the contract's own order, each after the ones that a case of it waits for.
 */
export function brokenRows(run: ContractReport): readonly RowReport[] {
  const left = run.rows
    .filter((row) => row.status === "FAIL" || row.status === "HARNESS_ERROR")
    .toSorted((a, b) => untriedFor(b, run) - untriedFor(a, run));
  const ordered: RowReport[] = [];
  while (left.length > 0) {
    // Rows that wait for each other come as they are.
    const index = left.findIndex((row) => !left.some((other) => other !== row && hasCaseThatWaits(row, other)));
    ordered.push(...left.splice(Math.max(0, index), 1));
  }
  return ordered;
}

/** The cases of a row that did not pass and say more than that they wait for another one of it: those that failed first. */
export function openCases({ id, cases }: RowReport): readonly CaseReport[] {
  const open = cases.filter(({ status, blockedBy }) => status !== "PASS" && blockedBy !== id);
  const waits = ({ status }: CaseReport): number => (status === "INCONCLUSIVE" || status === "NOT_RUN" ? 1 : 0);
  return open.toSorted((a, b) => waits(a) - waits(b));
}

/** How many rows were not tried because of this one, also by way of others. */
function untriedFor({ id }: RowReport, run: ContractReport): number {
  return run.rows.filter(({ cases, blockedBy }) => cases.length === 0 && leadsTo(id, blockedBy, run)).length;
}

/** Not by way of a row that shows that a capability is absent: what waits for that one is of no concern to a subject without it. */
function leadsTo(id: string, blockedBy: string | undefined, run: ContractReport): boolean {
  const absences = run.capabilities.filter(({ declared }) => !declared).flatMap(({ rows }) => rows);
  const seen = new Set<string>(absences);
  for (let current = blockedBy; current !== undefined;) {
    if (current === id) return true;
    if (seen.has(current)) return false;
    seen.add(current);
    const next = current;
    current = run.rows.find((row) => row.id === next)?.blockedBy;
  }
  return false;
}

function hasCaseThatWaits({ cases }: RowReport, { id }: RowReport): boolean {
  return cases.some(({ blockedBy }) => blockedBy === id);
}

/** The rows that say that this one stands in their way. */
export function waitingFor(row: RowReport, run: ContractReport): readonly RowReport[] {
  return run.rows.filter((other) => other.blockedBy === row.id && other !== row);
}

/** Ids of one prefix as ranges: `LEASE-002 to 013`. */
export function listedIds(ids: readonly string[]): string {
  const runs: { readonly prefix: string; readonly first: number; last: number }[] = [];
  for (const id of ids) {
    const [prefix = "", digits = ""] = id.split("-");
    const run = runs.at(-1);
    if (run?.prefix === prefix && run.last === Number(digits) - 1) run.last += 1;
    else runs.push({ prefix, first: Number(digits), last: Number(digits) });
  }
  const padded = (number: number): string => String(number).padStart(3, "0");
  return runs
    .map(({ prefix, first, last }) => (first === last ? `${prefix}-${padded(first)}` : `${prefix}-${padded(first)} to ${padded(last)}`))
    .join(", ");
}
