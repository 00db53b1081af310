import type { ContractReport, RowReport } from "./report-schema.ts";

/** `34/36 MUST · 9/11 SHOULD · 3 N/A`: never a percentage, because rows do not weigh the same. */
export function countLine(run: Pick<ContractReport, "rows">): string {
  const counted = (level: RowReport["level"]): string | undefined => {
    const rows = run.rows.filter((row) => row.level === level && row.status !== "N/A");
    return rows.length === 0 ? undefined : `${rows.filter((row) => row.status === "PASS").length}/${rows.length} ${level}`;
  };
  const absent = run.rows.filter((row) => row.status === "N/A").length;
  return [counted("MUST"), counted("SHOULD"), absent > 0 ? `${absent} N/A` : undefined].filter(Boolean).join(" · ") || "no row";
}
