import type { ContractReport, Report, RowReport } from "../report/report-schema.ts";
import { COMPARISON_VERSION, ROW_CHANGES } from "./comparison-schema.ts";
import type { ContractComparison, ReportComparison, RowChange, RowChangeKind } from "./comparison-schema.ts";

/**
 * The lower, the better. What could not be shown and what was seen to fail are alike: which of the two it is depends on the rows
 * that it stands on, and a row that begins to wait for another one has not become better.
 */
const RANK: Readonly<Record<RowReport["status"], number>> = {
  PASS: 0,
  "N/A": 0,
  WARN: 1,
  NOT_RUN: 2,
  INCONCLUSIVE: 2,
  FAIL: 2,
  HARNESS_ERROR: 2,
};

export function compareReports(before: Report, after: Report): ReportComparison {
  const names = [...new Set([...before.runs, ...after.runs].map(({ contract }) => contract))];
  const contracts = names.map((contract) => compareRuns(contract, runOf(before, contract), runOf(after, contract)));
  const isWorse = contracts.some(
    ({ changes, before: earlier, after: later }) =>
      changes.some(({ kind }) => kind === "worse") || (earlier?.verdict === "conformant" && later === null),
  );
  return { schema: COMPARISON_VERSION, contracts, remarks: remarks(before, after), isWorse };
}

function runOf(report: Report, contract: string): ContractReport | undefined {
  return report.runs.find((run) => run.contract === contract);
}

function compareRuns(contract: string, before: ContractReport | undefined, after: ContractReport | undefined): ContractComparison {
  const ids = [...new Set([...(before?.rows ?? []), ...(after?.rows ?? [])].map(({ id }) => id))];
  const changes =
    before && after
      ? ids.flatMap((id) => compareRows(id, rowOf(before, id), rowOf(after, id), before.isFiltered || after.isFiltered) ?? [])
      : [];
  return {
    contract,
    before: headOf(before),
    after: headOf(after),
    changes: changes.toSorted((a, b) => ROW_CHANGES.indexOf(a.kind) - ROW_CHANGES.indexOf(b.kind)),
  };
}

function rowOf(run: ContractReport, id: string): RowReport | undefined {
  return run.rows.find((row) => row.id === id);
}

function headOf(run: ContractReport | undefined): ContractComparison["before"] {
  return run ? { verdict: run.verdict, subject: `${run.subject.name} ${run.subject.version}` } : null;
}

function compareRows(id: string, before: RowReport | undefined, after: RowReport | undefined, isFiltered: boolean): RowChange | undefined {
  const text = (after ?? before)?.text ?? "";
  const change = (kind: RowChangeKind): RowChange => ({ kind, id, before: before?.status ?? null, after: after?.status ?? null, text });
  // A run of some rows says nothing of the others.
  if (!before || !after) return isFiltered ? undefined : change(before ? "gone" : "new");
  if (before.status === after.status) {
    return fingerprintsOf(before) === fingerprintsOf(after) ? undefined : change("changed");
  }
  const step = RANK[after.status] - RANK[before.status];
  if (step === 0) return before.status === "N/A" || after.status === "N/A" ? change("scope") : change("changed");
  return change(step > 0 ? "worse" : "better");
}

function fingerprintsOf(row: RowReport): string {
  return row.cases
    .flatMap(({ id, fingerprint }) => (fingerprint === undefined ? [] : [`${id} ${fingerprint}`]))
    .toSorted()
    .join("\n");
}

function remarks(before: Report, after: Report): string[] {
  const versions =
    before.suite.version === after.suite.version
      ? []
      : [`the suite was ${before.suite.version} and is ${after.suite.version}, so rows may be new or gone`];
  const partial = [
    ["the earlier", before],
    ["the later", after],
  ] as const;
  return [
    ...versions,
    ...partial.flatMap(([name, report]) => (report.runs.some(({ isFiltered }) => isFiltered) ? [`${name} run was of some rows only`] : [])),
  ];
}
