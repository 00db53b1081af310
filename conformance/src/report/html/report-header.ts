import { baselineSentence } from "../console-baseline.ts";
import { countLine } from "../count-line.ts";
import type { Report } from "../report-schema.ts";
import { brokenRows, waitingFor } from "../row-order.ts";
import { counted } from "./counted.ts";
import { duration } from "./durations.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RunContext } from "./run-context.ts";
import { verdictSentence, verdictWords } from "./verdict-words.ts";
import type { VerdictWords } from "./verdict-words.ts";

/** The verdict of the whole report in one line, for the title of the page and its first heading. */
export function reportVerdict({ runs }: Report): VerdictWords {
  const [run, ...others] = runs;
  if (!run) return { words: "nothing ran, so there is no claim", sign: "○", tone: "bad" };
  if (others.length === 0) return { ...verdictWords(run), words: verdictSentence(run) };
  const conformant = runs.filter(({ verdict }) => verdict === "conformant").length;
  const words = `${conformant} of ${runs.length} contracts conformant`;
  if (conformant === runs.length) return { words, sign: "✓", tone: "good" };
  const isBad = runs.some((each) => verdictWords(each).tone === "bad");
  return { words, sign: isBad ? "✕" : "–", tone: isBad ? "bad" : "open" };
}

export function subjectNames({ runs }: Report): string {
  return [...new Set(runs.map(({ subject }) => `${subject.name} ${subject.version}`))].join(", ");
}

/** What a reader wants first: the verdict, where to begin, and what was run when. */
export function reportHeader(report: Report, contexts: readonly RunContext[], nameOf: (context: RunContext) => string): Markup {
  const { words, sign, tone } = reportVerdict(report);
  const took = report.runs.reduce((total, { durationMs }) => total + durationMs, 0);
  const [only, ...others] = contexts;
  const overview = others.length > 0 ? contractList(contexts, nameOf) : only && html`<p class="begin">${begin(only)}</p>`;
  return html`<header class="${tone}">
    <p class="kicker">${subjectNames(report)}</p>
    <h1><span class="sign" aria-hidden="true">${sign}</span> ${sentenceCase(words)}</h1>
    ${overview} ${report.baseline && html`<p>${baselineSentence(report.baseline)}</p>`}
    <p class="quiet">
      <time datetime="${report.startedAt}">${report.startedAt.slice(0, 16).replace("T", " ")} UTC</time> · took ${duration(took)} ·
      ${report.suite.name} ${report.suite.version} · exit status ${report.exitCode}
    </p>
  </header> `;
}

function sentenceCase(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function contractList(contexts: readonly RunContext[], nameOf: (context: RunContext) => string): Markup {
  const items = contexts.map((context) => {
    const { sign, words, tone } = verdictWords(context.run);
    return html`<li>
      <a href="#${nameOf(context)}">${context.run.contract}</a>
      <span class="verdict ${tone}"><span aria-hidden="true">${sign}</span> ${words}</span> <span class="begin">${begin(context)}</span>
    </li> `;
  });
  return html`<nav aria-label="Contracts">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

function begin({ run, link }: RunContext): Markup {
  const [root] = brokenRows(run);
  const waiting = root ? waitingFor(root, run).length : 0;
  const waits = waiting > 0 && `, for which ${counted(waiting, "other")} ${waiting === 1 ? "waits" : "wait"}`;
  return html`${countLine(run)}${root && html` · begin with ${link(root.id)}${waits}`}`;
}
