import * as z from "zod";

/** As much of a JSON report as CI needs; `conformance/schemas/report.v1.json` has the rest. */
const reportSchema = z.object({
  runs: z.array(z.object({ contract: z.string(), rows: z.array(z.object({ id: z.string(), status: z.string() })) })),
});

export interface ReportRow {
  /** With the contract, because WIRE rows are judged for each. */
  readonly id: string;
  readonly status: string;
}

export function reportRows(text: string): ReportRow[] {
  const { runs } = reportSchema.parse(JSON.parse(text));
  return runs.flatMap(({ contract, rows }) => rows.map((row) => ({ ...row, id: `${contract} ${row.id}` })));
}
