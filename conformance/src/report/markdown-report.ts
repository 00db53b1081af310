import { profileOf } from "./badge.ts";
import { capabilitySentence } from "./capability-words.ts";
import { baselineSentence } from "./console-baseline.ts";
import { countLine } from "./count-line.ts";
import { printable } from "./printable.ts";
import type { CaseReport, ContractReport, Report, RowReport } from "./report-schema.ts";
import { brokenRows, listedIds, openCases, waitingFor } from "./row-order.ts";

/** GitHub takes 65,536 characters in one comment; what does not fit is in the JSON report. */
const MOST_CHARACTERS = 60_000;

const MOST_CASES = 2;

/** For a comment on a pull request: the verdict, the table of counts, and for each row that needs work what to do. */
export function markdownReport(report: Report): string {
  const parts = [...report.runs.map((run) => runSection(run, report.startedAt)), ...baselineSection(report)];
  return `${parts.join("\n\n")}\n\n<sub>flynn-conformance ${report.suite.version}</sub>\n`;
}

function baselineSection({ baseline }: Report): readonly string[] {
  if (!baseline) return [];
  const problems = baseline.problems.map(
    ({ kind, id, case: name, text: what }) => `- ${kind} ${text(name === "" ? id : name)}: ${text(what)}`,
  );
  return [[`**${text(baselineSentence(baseline))}**`, ...(problems.length > 0 ? ["", ...problems] : [])].join("\n")];
}

function runSection(run: ContractReport, startedAt: string): string {
  const warned = run.rows.filter(({ status }) => status === "WARN");
  const details = [...brokenRows(run), ...warned].map((row) => rowDetails(row, run));
  const head = [
    `### ${mark(run)} ${run.contract} · ${text(run.subject.name)} ${text(run.subject.version)}: ${verdictWords(run)}`,
    "",
    `**${countLine(run)}** · ${text(profileOf(run))} · ${startedAt.slice(0, 10)} · seed ${code(run.seed)}`,
  ].join("\n");
  const tail = [...openLines(run), ...capabilityLines(run), ...limitLines(run)].join("\n");
  let room = MOST_CHARACTERS - head.length - tail.length;
  const shown = details.filter((part) => {
    room -= part.length;
    return room > 0;
  });
  const left = details.length - shown.length;
  return [head, ...shown, left > 0 ? `${left} more rows did not fit here; the JSON and HTML reports have them.` : "", tail]
    .filter((part) => part !== "")
    .join("\n\n");
}

function mark(run: ContractReport): string {
  return { conformant: "✅", "no-claim": "➖", "not-conformant": "❌", "nothing-ran": "❌", "harness-error": "⚠️" }[run.verdict];
}

function verdictWords(run: ContractReport): string {
  const words = {
    conformant: "conformant",
    "not-conformant": "not conformant",
    "no-claim": "no claim, only some rows were run, and they hold",
    "nothing-ran": "nothing ran, so there is no claim",
    "harness-error": "no verdict, because the suite itself failed",
  }[run.verdict];
  return run.isFiltered && run.verdict !== "no-claim" ? `${words} (only some rows were run)` : words;
}

function rowDetails(row: RowReport, run: ContractReport): string {
  const waiting = waitingFor(row, run).map(({ id }) => id);
  const cases = openCases(row);
  return [
    `<details><summary><b>${row.status} ${row.id}</b> ${html(row.text)}</summary>`,
    "",
    ...cases.slice(0, MOST_CASES).flatMap((judged) => {
      const failed = judged.checks.find(({ holds }) => !holds);
      const lines = failed
        ? [`did       ${failed.did}`, `expected  ${failed.expected}`, `got       ${failed.got}`, `next      ${failed.next ?? row.hint}`]
        : [`did       ${judged.title}`, `got       ${judged.reason ?? ""}`, `next      ${nextOf(judged, row)}`];
      return [fenced([`case      ${judged.id}`, ...lines].join("\n"), "text"), ""];
    }),
    ...(cases.length > MOST_CASES ? [`${cases.length - MOST_CASES} more cases of this row did not hold.`, ""] : []),
    ...(waiting.length > 0 ? [`Waiting for it: ${listedIds(waiting)}`, ""] : []),
    "Run it again:",
    "",
    fenced(row.replay, "sh"),
    "",
    "</details>",
  ].join("\n");
}

function nextOf({ blockedBy }: CaseReport, { hint }: RowReport): string {
  return blockedBy === undefined ? hint : `This case waits for ${blockedBy}.`;
}

function openLines(run: ContractReport): readonly string[] {
  const open = run.rows.filter(({ status }) => status === "INCONCLUSIVE" || status === "NOT_RUN");
  if (open.length === 0) return [];
  const lines = open.map(({ id, status, reason }) => `- ${status} ${id}: ${text(reason ?? "no reason given")}`);
  return [`<details><summary>${open.length} not shown</summary>`, "", ...lines, "", "</details>", ""];
}

function capabilityLines(run: ContractReport): readonly string[] {
  if (run.capabilities.length === 0) return [];
  const rows = run.capabilities.map((capability) => {
    const declared = capability.declared ? "yes" : "no";
    return `| ${code(capability.flag)} | ${declared} | ${capability.observed.replaceAll("-", " ")} | ${text(capabilitySentence(capability))} |`;
  });
  return ["| capability | declared | observed | |", "| --- | --- | --- | --- |", ...rows, ""];
}

function limitLines(run: ContractReport): readonly string[] {
  return run.acceptedHostLimits.map(
    (id) => `- accepted limit of this host: ${id}, ${text(run.rows.find((row) => row.id === id)?.reason ?? "")}`,
  );
}

/** As text: nothing that a subject says becomes markup, a mention or a link. */
function text(given: string): string {
  return html(given)
    .replaceAll(/[\\`*_{}[\]()#+!|~]/gu, String.raw`\$&`)
    .replaceAll("@", "@\u200B")
    .replaceAll("\n", " ");
}

function html(given: string): string {
  return printable(given).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", " ");
}

function code(given: string): string {
  return `\`${printable(given).replaceAll("`", "'").replaceAll("\n", " ")}\``;
}

/** A fence that is longer than any in the text. */
function fenced(given: string, language: string): string {
  const longest = Math.max(2, ...[...given.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${printable(given)}\n${fence}`;
}
