import type { ContractReport, RowReport } from "./report-schema.ts";

/** The rows that need work: those that do not hold, the one that others wait for first. */
export function brokenRows(run: ContractReport): readonly RowReport[] {
  const broken = run.rows.filter((row) => row.status === "FAIL" || row.status === "HARNESS_ERROR");
  return broken.toSorted((a, b) => waitingFor(b, run).length - waitingFor(a, run).length);
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
