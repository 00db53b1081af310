import { printable } from "../report/printable.ts";
import { listedIds } from "../report/row-order.ts";
import { ROW_CHANGES } from "./comparison-schema.ts";
import type { ContractComparison, ReportComparison, RowChangeKind } from "./comparison-schema.ts";
import type { Trend } from "./trend-schema.ts";

const TITLES: Readonly<Record<RowChangeKind, string>> = {
  worse: "worse",
  changed: "fails in another way",
  better: "better",
  scope: "in or out of scope",
  new: "new in the suite",
  gone: "gone from the suite",
};

/** A comparison for a terminal. */
export function comparisonText(comparison: ReportComparison): string {
  const remarks = comparison.remarks.map((remark) => `note: ${remark}`);
  const parts = comparison.contracts.map((contract) => contractLines(contract).join("\n"));
  const end = comparison.isWorse ? "something is worse" : "nothing is worse";
  return printable(`${[...parts, [...remarks, end].join("\n")].join("\n\n")}\n`);
}

function contractLines({ contract, before, after, changes }: ContractComparison): readonly string[] {
  if (!before || !after) return [`${contract}: only in the ${before ? "earlier" : "later"} report`];
  const subject = before.subject === after.subject ? after.subject : `${before.subject} -> ${after.subject}`;
  const verdict = before.verdict === after.verdict ? after.verdict : `${before.verdict} -> ${after.verdict}`;
  const lines = ROW_CHANGES.flatMap((kind) =>
    changes
      .filter((change) => change.kind === kind)
      .map((change) => `  ${TITLES[kind]}: ${change.id} ${change.before ?? "none"} -> ${change.after ?? "none"}  ${change.text}`),
  );
  return [`${contract} · ${subject}: ${verdict}`, ...(lines.length > 0 ? lines : ["  every row as before"])];
}

/** The same as Markdown, for a comment or a page. */
export function comparisonMarkdown(comparison: ReportComparison): string {
  const parts = comparison.contracts.map(({ contract, before, after, changes }) =>
    [
      `### ${contract}: ${before?.verdict ?? "not run"} → ${after?.verdict ?? "not run"}`,
      "",
      ...(changes.length === 0
        ? ["Every row as before."]
        : [
            "| | requirement | before | after |",
            "| --- | --- | --- | --- |",
            ...changes.map((change) => `| ${TITLES[change.kind]} | ${change.id} | ${change.before ?? "-"} | ${change.after ?? "-"} |`),
          ]),
    ].join("\n"),
  );
  return `${[...parts, ...comparison.remarks.map((remark) => `Note: ${remark}.`)].join("\n\n")}\n`;
}

/** Series for a terminal, one line a run. */
export function trendText({ series }: Trend): string {
  const parts = series.map(({ contract, subject, points }) => {
    const lines = points.map(({ startedAt, subjectVersion, suiteVersion, verdict, counts, better, worse }) =>
      [
        `  ${startedAt.slice(0, 16).replace("T", " ")}`,
        subjectVersion.padEnd(8),
        `suite ${suiteVersion}`,
        verdict.padEnd(14),
        counts,
        ...(worse.length > 0 ? [`worse: ${listedIds(worse)}`] : []),
        ...(better.length > 0 ? [`better: ${listedIds(better)}`] : []),
      ].join("  "),
    );
    return [`${contract} · ${subject}`, ...lines].join("\n");
  });
  return printable(`${parts.join("\n\n")}\n`);
}

export function trendMarkdown({ series }: Trend): string {
  const parts = series.map(({ contract, subject, points }) =>
    [
      `### ${contract} · ${subject.replaceAll(/[|<>\\`]/gu, " ")}`,
      "",
      "| date | version | suite | verdict | counts | worse | better |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      ...points.map(
        ({ startedAt, subjectVersion, suiteVersion, verdict, counts, worse, better }) =>
          `| ${[startedAt.slice(0, 10), subjectVersion.replaceAll("|", " "), suiteVersion, verdict, counts, listedIds(worse), listedIds(better)].join(" | ")} |`,
      ),
    ].join("\n"),
  );
  return `${parts.join("\n\n")}\n`;
}
