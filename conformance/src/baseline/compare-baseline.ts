import type { ContractReport, RowReport } from "../report/report-schema.ts";
import { entryKey } from "./baseline-schema.ts";
import type { Baseline, BaselineEntry } from "./baseline-schema.ts";
import type { BaselineProblem, BaselineProblemKind } from "./baseline-problem.ts";
import { failingCases } from "./failing-cases.ts";

export interface BaselineComparison {
  /** Cases that fail as they are known to fail. */
  readonly excused: readonly { readonly contract: string; readonly id: string; readonly case: string }[];
  /** Rows that were not shown because they wait for an excused one. */
  readonly waiting: readonly { readonly contract: string; readonly id: string }[];
  readonly problems: readonly BaselineProblem[];
}

/** Holds each entry against the run, and each failure of the run against the entries. `today` is a day in UTC, `2026-11-27`. */
export function compareBaseline(baseline: Baseline, runs: readonly ContractReport[], today: string): BaselineComparison {
  const judged = baseline.entries.flatMap((entry) => {
    const run = runs.find(({ contract }) => contract === entry.contract);
    // A run that was not asked about a contract, or about a row, says nothing of its entries.
    if (!run || (run.isFiltered && !run.rows.some(({ id }) => id === entry.id))) return [];
    return [{ entry, problem: entryProblem(entry, run, today) }];
  });
  const excused = judged.flatMap(({ entry, problem }) => (problem ? [] : [entry]));
  const known = new Set(judged.map(({ entry }) => entryKey(entry)));
  const excusedRows = new Set(excused.map(({ contract, id }) => `${contract} ${id}`));
  const open = runs.flatMap((run) => openRows(run).map((row) => ({ run, row, isExcused: waitsForExcused(row, run, excusedRows) })));
  return {
    excused: excused.map(({ contract, id, case: name }) => ({ contract, id, case: name })),
    waiting: open.flatMap(({ run, row, isExcused }) => (isExcused ? [{ contract: run.contract, id: row.id }] : [])),
    problems: [
      ...runs.flatMap((run) => newFailures(run, known)),
      ...judged.flatMap(({ problem }) => problem ?? []),
      ...open.flatMap(({ run, row, isExcused }) => (isExcused ? [] : [notShown(row, run)])),
    ],
  };
}

function entryProblem(entry: BaselineEntry, run: ContractReport, today: string): BaselineProblem | undefined {
  const { contract, id, case: name } = entry;
  const problem = (kind: BaselineProblemKind, text: string): BaselineProblem => ({ kind, contract, id, case: name, text });
  const row = run.rows.find((candidate) => candidate.id === id);
  if (!row) return problem("unmatched", "The suite has no such requirement (any more). Take the entry out.");
  const judged = row.cases.find((candidate) => candidate.id === name);
  if (judged?.status === "PASS" || row.status === "PASS") return problem("passing", "It holds now. Take the entry out.");
  if (!judged) {
    return row.status === "FAIL"
      ? problem("unmatched", `${id} fails, but in no case of this name. Take the entry out, or correct the name.`)
      : problem("skipped", `It was not tried: ${row.reason ?? row.status}. An entry that nothing shows cannot be kept.`);
  }
  if (judged.status !== "FAIL")
    return problem("skipped", `It was not decided: ${judged.reason ?? judged.status}. An entry that nothing shows cannot be kept.`);
  if (judged.fingerprint !== entry.fingerprint)
    return problem(
      "changed",
      `It fails in another way than it was known to (${judged.fingerprint ?? "none"}, not ${entry.fingerprint}): look at it again.`,
    );
  if (today > entry.until)
    return problem("expired", `It was accepted until ${entry.until} (${entry.issue}). Mend it, or agree on another day.`);
  return undefined;
}

function newFailures(run: ContractReport, known: ReadonlySet<string>): readonly BaselineProblem[] {
  return failingCases(run)
    .filter(({ contract, judged }) => !known.has(entryKey({ contract, case: judged.id })))
    .map(({ contract, row, judged }) => ({
      kind: "new",
      contract,
      id: row.id,
      case: judged.id,
      text: "It fails and is not in the baseline. Mend it, or accept it with --update-baseline.",
    }));
}

/** MUST rows that were not shown, for whatever reason but a limit that was accepted. */
function openRows(run: ContractReport): readonly RowReport[] {
  return run.rows.filter(
    ({ id, level, status }) =>
      level === "MUST" && (status === "INCONCLUSIVE" || status === "NOT_RUN") && !run.acceptedHostLimits.includes(id),
  );
}

function waitsForExcused(row: RowReport, run: ContractReport, excused: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let current: RowReport | undefined = row; current && !seen.has(current.id);) {
    if (excused.has(`${run.contract} ${current.id}`)) return true;
    seen.add(current.id);
    const next: string | undefined = current.blockedBy;
    current = run.rows.find(({ id }) => id === next);
  }
  return false;
}

function notShown(row: RowReport, run: ContractReport): BaselineProblem {
  return {
    kind: "not-shown",
    contract: run.contract,
    id: row.id,
    case: "",
    text: `${row.status}: ${row.reason ?? "no reason given"} A baseline excuses failures that were seen, nothing else.`,
  };
}
