import type { BaselineReport } from "./report-schema.ts";
import { printable } from "./printable.ts";
import { listedIds } from "./row-order.ts";
import type { Style } from "./style.ts";

/** What came of holding a run against its baseline, for a terminal. */
export function consoleBaseline(baseline: BaselineReport, style: Style): string {
  const problems = baseline.problems.map(
    ({ kind, id, case: name, text }) => `  ${style.red(kind.padEnd(9))} ${name === "" ? id : name}: ${printable(text)}`,
  );
  return `${[printable(baselineSentence(baseline)), ...problems].join("\n")}\n`;
}

/** The same in one sentence, without what the problems are. */
export function baselineSentence(baseline: BaselineReport): string {
  const { path, problems, excused } = baseline;
  const head = `baseline ${path}: ${knownWords(baseline)}`;
  if (problems.length > 0) return `${head}, and ${problems.length} not as it says`;
  return `${head}, nothing new${excused.length > 0 ? "; accepted, and not conformant all the same" : ""}`;
}

function knownWords({ excused, waiting }: BaselineReport): string {
  if (excused.length === 0) return "no known failure";
  const count = excused.length === 1 ? "1 known failure" : `${excused.length} known failures`;
  const ids = listedIds([...new Set(excused.map(({ id }) => id))]);
  const waits = waiting.length > 0 ? `, for which ${waiting.length} rows wait` : "";
  return `${count} (${ids})${waits}`;
}
