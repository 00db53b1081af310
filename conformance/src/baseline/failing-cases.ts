import type { CaseReport, ContractReport, RowReport } from "../report/report-schema.ts";

/** A case that keeps a MUST from holding. */
export interface FailingCase {
  readonly contract: string;
  readonly row: RowReport;
  readonly judged: CaseReport;
  readonly fingerprint: string;
}

/** What a baseline would have to excuse for a run to be accepted. */
export function failingCases(run: ContractReport): readonly FailingCase[] {
  return run.rows
    .filter((row) => row.level === "MUST" && row.status === "FAIL")
    .flatMap((row) =>
      row.cases.flatMap((judged) =>
        judged.status === "FAIL" ? [{ contract: run.contract, row, judged, fingerprint: judged.fingerprint ?? "" }] : [],
      ),
    );
}
