import { failureBlock } from "../report/console-report.ts";
import type { ContractReport, RowReport } from "../report/report-schema.ts";
import { SCREEN, linesOnScreen } from "../report/screen.ts";
import { styleFor } from "../report/style.ts";

const LABELS = ["did", "expected", "got", "next", "spec", "replay"] as const;

/**
 * Whether what is said of a row that failed is enough for an author who sees nothing else: its id and level, what was done,
 * expected and got, what to try, where it is specified and how to see it again, on one screen. Undefined where it is.
 */
export function reviewMessage(row: RowReport, run: ContractReport): string | undefined {
  const block = failureBlock(row, run, styleFor(process.stdout, false));
  const problems = [
    ...(block.startsWith(`${row.status} ${row.id} ${row.level}`) ? [] : ["does not begin with its status, id and level"]),
    ...LABELS.filter((label) => !new RegExp(String.raw`^ {4}${label} +\S`, "mu").test(block)).map((label) => `has no ${label}`),
    ...(row.cases.some(saysTheSame) ? ["expected and got are the same text"] : []),
    ...(/\[object \w+\]/u.test(block) ? ["shows an object as [object …]"] : []),
    ...(block.includes(`--only ${row.id} `) ? [] : ["its replay line does not run it"]),
    ...tooLong(block),
  ];
  return problems.length === 0 ? undefined : `${row.id}: the message ${problems.join(", ")}:\n${block}`;
}

function saysTheSame({ checks }: RowReport["cases"][number]): boolean {
  return checks.some(({ holds, expected, got }) => !holds && expected === got);
}

function tooLong(block: string): readonly string[] {
  const lines = linesOnScreen(block);
  return lines <= SCREEN.lines ? [] : [`takes ${lines} lines of ${SCREEN.columns} characters and a screen has ${SCREEN.lines}`];
}
