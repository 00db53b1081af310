import type { BaselineReport } from "./report-schema.ts";
import { printable } from "./printable.ts";
import { listedIds } from "./row-order.ts";
import type { Style } from "./style.ts";

/** What came of holding a run against its baseline. */
export function consoleBaseline(baseline: BaselineReport, style: Style): string {
  const { path, problems } = baseline;
  const head = `baseline ${printable(path)}: ${knownWords(baseline)}`;
  if (problems.length === 0) {
    const accepted = baseline.excused.length > 0 ? "; accepted, and not conformant all the same" : "";
    return `${head}, nothing new${style.green(accepted)}\n`;
  }
  const lines = problems.map(
    ({ kind, id, case: name, text }) => `  ${style.red(kind.padEnd(9))} ${name === "" ? id : name}: ${printable(text)}`,
  );
  return `${head}, and ${style.red(`${problems.length} not as it says`)}\n${lines.join("\n")}\n`;
}

function knownWords({ excused, waiting }: BaselineReport): string {
  if (excused.length === 0) return "no known failure";
  const count = excused.length === 1 ? "1 known failure" : `${excused.length} known failures`;
  const ids = listedIds([...new Set(excused.map(({ id }) => id))]);
  const waits = waiting.length > 0 ? `, for which ${waiting.length} rows wait` : "";
  return `${count} (${ids})${waits}`;
}
