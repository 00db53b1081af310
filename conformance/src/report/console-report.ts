import type { CaseReport, ContractReport, RowReport } from "./report-schema.ts";
import { capabilitySentence } from "./capability-words.ts";
import { countLine } from "./count-line.ts";
import { label } from "./label.ts";
import { printable } from "./printable.ts";
import { SCREEN, linesOnScreen } from "./screen.ts";
import { brokenRows, listedIds, openCases, waitingFor } from "./row-order.ts";
import type { Style } from "./style.ts";

const MOST_CASES = 3;

/** What a row says beside its cases. */
const LINES_OF_A_ROW = 9;

/** What a person reads: the rows that need work, roots first, then what stands on them, then the count and the verdict. */
export function consoleReport(run: ContractReport, style: Style, options: { readonly showsTranscripts: boolean }): string {
  const warned = run.rows.filter((row) => row.status === "WARN");
  const open = run.rows.filter((row) => row.status === "INCONCLUSIVE" || row.status === "NOT_RUN");
  return [
    ...header(run, style),
    ...[...brokenRows(run), ...warned].flatMap((row) => rowLines(row, run, style, options.showsTranscripts)),
    ...openLines(open, style),
    ...absentLines(run, style),
    ...capabilityLines(run, style),
    ...footer(run, style),
  ].join("\n");
}

function header(run: ContractReport, style: Style): string[] {
  const how = run.driver === "child" ? "" : `, ${run.driver}`;
  return [
    "",
    style.bold(printable(`${run.contract} · ${run.subject.name} ${run.subject.version}`)) +
      style.dim(printable(` (${run.subject.source}${how}, seed ${run.seed})`)),
    "",
  ];
}

/** What is said of one row that does not hold, or could not be judged. */
export function failureBlock(row: RowReport, run: ContractReport, style: Style): string {
  const isOpen = row.status === "INCONCLUSIVE" || row.status === "NOT_RUN";
  const lines = isOpen ? openLines([row], style) : rowLines(row, run, style, false);
  return lines.join("\n").trimEnd();
}

function rowLines(row: RowReport, run: ContractReport, style: Style, showsTranscripts: boolean): string[] {
  const mark = row.status === "WARN" ? style.yellow(row.status) : style.red(row.status);
  const blocked = waitingFor(row, run).map((other) => other.id);
  const cases = openCases(row);
  const shown = onOneScreen(cases.slice(0, MOST_CASES).map((judged) => caseLines(judged, row, style, showsTranscripts)));
  const left = cases.length - shown.length;
  return [
    `${mark} ${style.bold(row.id)} ${row.level}  ${row.text}`,
    ...shown.flat(),
    ...(left > 0
      ? [
          label(
            "more",
            `${left} other ${left === 1 ? "case" : "cases"} of this row did not hold; the JSON report has ${left === 1 ? "it" : "them"}`,
            style,
          ),
        ]
      : []),
    ...(blocked.length > 0 ? [label("blocks", listedIds(blocked), style)] : []),
    label("spec", row.specification, style),
    label("replay", row.replay, style),
    "",
  ];
}

/** The first cases, as many as a screen holds with what else is said of their row; one in any case. */
function onOneScreen(blocks: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let room = SCREEN.lines - LINES_OF_A_ROW;
  return blocks.filter((block, index) => {
    room -= linesOnScreen(block.join("\n"));
    return index === 0 || room >= 0;
  });
}

function caseLines(judged: CaseReport, row: RowReport, style: Style, showsTranscripts: boolean): string[] {
  const failed = judged.checks.filter((check) => !check.holds);
  const checks = failed.flatMap((check) => [
    label("did", check.did, style),
    label("expected", check.expected, style),
    label("got", check.got, style),
  ]);
  const reason =
    judged.reason === undefined
      ? []
      : [...(failed.length > 0 ? [] : [label("did", judged.title, style)]), label("got", judged.reason, style)];
  const transcript = showsTranscripts
    ? (judged.transcript ?? []).map((line) =>
        style.dim(`      ${arrow(line.direction)} ${printable(line.text).trim().replaceAll("\n", "\n        ")}`),
      )
    : [];
  return [
    label("case", `${judged.id.slice(judged.id.indexOf("/") + 1)}: ${judged.title}`, style),
    ...checks,
    ...reason,
    label("next", failed[0]?.next ?? waitsFor(judged) ?? row.hint, style),
    ...transcript,
  ];
}

function waitsFor({ blockedBy }: CaseReport): string | undefined {
  return blockedBy === undefined ? undefined : `This case waits for ${blockedBy}.`;
}

function arrow(direction: NonNullable<CaseReport["transcript"]>[number]["direction"]): string {
  return { "to-subject": "→", "from-subject": "←", stderr: "!" }[direction];
}

/** Rows that could not be judged, by what stood in the way. */
function openLines(rows: readonly RowReport[], style: Style): string[] {
  const byReason = new Map<string, RowReport[]>();
  for (const row of rows) {
    const reason = row.cases.length === 0 && row.blockedBy !== undefined ? `waits for ${row.blockedBy}` : (row.reason ?? "no reason given");
    byReason.set(`${row.status}\0${reason}`, [...(byReason.get(`${row.status}\0${reason}`) ?? []), row]);
  }
  const lines = [...byReason].map(([key, alike]) => {
    const [status = "", reason = ""] = key.split("\0").map(printable);
    const [first] = alike;
    const blocker = first && first.cases.length > 0 && first.blockedBy !== undefined ? ` (see ${first.blockedBy})` : "";
    const indented = reason.replaceAll("\n", "\n    ");
    return `${style.yellow(status)} ${listedIds(alike.map((row) => row.id))}: ${indented}${blocker}`;
  });
  return lines.length > 0 ? [...lines, ""] : [];
}

function absentLines(run: ContractReport, style: Style): string[] {
  const byReason = Map.groupBy(
    run.rows.filter((row) => row.status === "N/A"),
    (row) => row.reason ?? "",
  );
  const absent = [...byReason].map(([reason, rows]) => `N/A ${listedIds(rows.map((row) => row.id))}: ${reason}`);
  const untestable = run.untestable.map(({ id, reason }) => `not tested ${id}: ${reason}`);
  const accepted = run.acceptedHostLimits.map((id) => `accepted host limit ${id}: ${run.rows.find((row) => row.id === id)?.reason ?? ""}`);
  const lines = [...absent, ...accepted, ...(run.isFiltered ? [] : untestable)];
  return lines.length > 0 ? [...lines.map((line) => style.dim(line)), ""] : [];
}

/** What the subject says it can do, beside what was seen of it. */
function capabilityLines(run: ContractReport, style: Style): string[] {
  const shown = run.capabilities.filter(({ judgement }) => judgement !== "not-shown");
  const lines = shown.map((capability) => {
    const { flag, judgement } = capability;
    const paint = judgement === "honest" || judgement === "absent" ? style.dim : style.yellow;
    return paint(`capability ${flag}: ${capabilitySentence(capability)}`);
  });
  return lines.length > 0 ? [...lines, ""] : [];
}

function footer(run: ContractReport, style: Style): string[] {
  const verdict = {
    conformant: style.green(`conformant to ${run.contract}`),
    "not-conformant": style.red(`not conformant to ${run.contract}`),
    "no-claim": "no claim: only some rows were run, and they hold",
    "nothing-ran": style.red("nothing ran, so there is no claim"),
    "harness-error": style.red("no verdict: the suite itself failed; please report the lines above"),
  }[run.verdict];
  const filtered = run.isFiltered && run.verdict !== "no-claim" ? " (only some rows were run)" : "";
  // What stands at the top of a long report has left the screen by now.
  const [first, ...others] = brokenRows(run);
  const begin = first && others.length > 0 ? [`begin with ${first.id}, the first of the ${others.length + 1} above`] : [];
  return [`${style.bold(countLine(run))} · ${(run.durationMs / 1000).toFixed(1)} s`, `${verdict}${filtered}`, ...begin, ""];
}
