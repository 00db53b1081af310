import type { ContractReport, Report } from "./report-schema.ts";

/** Rows of a run that its baseline accepts: all that fails in them is excused, or they wait for such a row. */
export class AcceptedRows {
  readonly #excused: ReadonlySet<string>;
  readonly #waiting: ReadonlySet<string>;

  constructor({ baseline }: Pick<Report, "baseline">) {
    this.#excused = new Set(baseline?.excused.map((entry) => `${entry.contract} ${entry.case}`));
    this.#waiting = new Set(baseline?.waiting.map(({ contract, id }) => `${contract} ${id}`));
  }

  has({ contract }: Pick<ContractReport, "contract">, { id, status, cases }: ContractReport["rows"][number]): boolean {
    if (status !== "FAIL") return this.#waiting.has(`${contract} ${id}`);
    const failed = cases.filter((judged) => judged.status === "FAIL");
    return failed.length > 0 && failed.every((judged) => this.#excused.has(`${contract} ${judged.id}`));
  }
}
