import type { ContractReport, Report } from "../report-schema.ts";

/** Where each row of a report is on the page: its id, with the contract before it where several contracts have that id. */
export class RowAnchors {
  readonly #anchors = new Map<ContractReport, ReadonlyMap<string, string>>();

  constructor(report: Report) {
    const uses = new Map<string, number>();
    for (const { rows } of report.runs) for (const { id } of rows) uses.set(id, (uses.get(id) ?? 0) + 1);
    for (const [index, run] of report.runs.entries()) {
      const [name = ""] = run.contract.split("@", 1);
      const isTaken = report.runs.slice(0, index).some(({ contract }) => contract.split("@", 1)[0] === name);
      const prefix = isTaken ? `${name}-${index + 1}` : name;
      const own = run.rows.map(({ id }) => [id, fragment(uses.get(id) === 1 ? id : `${prefix}:${id}`)] as const);
      this.#anchors.set(run, new Map(own));
    }
  }

  of(id: string, run: ContractReport): string | undefined {
    return this.#anchors.get(run)?.get(id);
  }
}

/** What an `id` attribute and a fragment can both hold without being encoded. */
function fragment(text: string): string {
  return text.replaceAll(/[^\w:.-]/gu, "-");
}
