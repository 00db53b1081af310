import type { CaseReport, RowReport } from "../report-schema.ts";
import { bounded } from "./bounded-text.ts";
import { comparison } from "./comparison.ts";
import { counted } from "./counted.ts";
import { duration } from "./durations.ts";
import { inlineCode } from "./inline-code.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RunContext } from "./run-context.ts";
import { statusMark } from "./status-mark.ts";

type Check = CaseReport["checks"][number];

/** Short enough to be read at once, so it is open with its case. */
const SHORT_TRANSCRIPT = 16;

/** A case that is not a pass, with everything that is known of it. */
export function caseDetails(judged: CaseReport, row: RowReport, isOpen: boolean, context: RunContext): Markup {
  const failed = judged.checks.filter(({ holds }) => !holds);
  const isAdvised = failed.some(({ next }) => next !== undefined);
  return html`<details class="case" ${isOpen && " open"}>
    <summary>
      ${statusMark(judged.status)}
      <h5>${caseName(judged)}</h5>
      <span class="took">${duration(judged.durationMs)}</span><span class="title">${judged.title}</span>
    </summary>
    <div class="inside">
      ${failed.map((check) => failedCheck(check))}${reason(judged, row, context)}${judged.status === "FAIL" && !isAdvised && advice(row.hint)}${checksThatHold(judged)}${aside(judged)}${transcript(judged, context)}
    </div>
  </details> `;
}

/** Cases that passed, by title, each with its checks. */
export function passedCases(cases: readonly CaseReport[], context: RunContext): Markup {
  return html`<ul class="passed">
    ${cases.map(
      (judged) =>
        html`<li>
          <span class="quiet">${caseName(judged)}:</span> ${judged.title}
          <span class="took">${duration(judged.durationMs)}</span>${checkList(judged.checks)}${aside(judged)}${transcript(judged, context)}
        </li> `,
    )}
  </ul>`;
}

function caseName({ id }: CaseReport): string {
  return id.slice(id.indexOf("/") + 1);
}

function failedCheck({ name, did, expected, got, next }: Check): Markup {
  return html`<div class="check">
    <p><span class="label">check</span> <span>${name}</span></p>
    <p><span class="label">did</span> <span>${bounded(did)}</span></p>
    ${comparison(expected, got)}${next !== undefined && advice(next)}
  </div>`;
}

function advice(next: string): Markup {
  return html`<p class="next"><span class="label">next</span> <span class="lines">${inlineCode(bounded(next))}</span></p>`;
}

function reason({ reason: why, blockedBy }: CaseReport, row: RowReport, { link }: RunContext): Markup | false {
  const waits = blockedBy !== undefined && blockedBy !== row.id && link(blockedBy);
  if (why === undefined && !waits) return false;
  return html`<p class="reason">
    ${why !== undefined && html`<span class="lines">${bounded(why)}</span>`}${waits && html` <span class="quiet">Waits for ${waits}.</span>`}
  </p>`;
}

function checksThatHold({ checks }: CaseReport): Markup | false {
  const held = checks.filter(({ holds }) => holds);
  if (held.length === 0) return false;
  return html`<details>
    <summary>${counted(held.length, "check")} of this case held</summary>
    ${checkList(held)}
  </details>`;
}

function checkList(checks: readonly Check[]): Markup | false {
  if (checks.length === 0) return false;
  return html`<ul class="checks">
    ${checks.map(({ name, did, got }) => html`<li><b>${name}</b> ${bounded(did, 300)}<span class="answer"> → ${bounded(got, 120)}</span></li>`)}
  </ul>`;
}

/** What a case says beside its checks. */
function aside({ witnesses, notes, fingerprint }: CaseReport): Markup | false {
  const seen = (["sensor", "contrast", "barrier"] as const).map((name) => {
    const text = witnesses?.[name];
    return (
      text !== undefined &&
      html`<div>
        <dt>${name}</dt>
        <dd>${bounded(text, 500)}</dd>
      </div>`
    );
  });
  const noted = notes.map(
    ({ text, data }) =>
      html`<div>
        <dt>note</dt>
        <dd>${bounded(text, 500)}${data !== undefined && html` <code>${bounded(JSON.stringify(data), 500)}</code>`}</dd>
      </div>`,
  );
  const print =
    fingerprint !== undefined &&
    html`<div>
      <dt>fingerprint</dt>
      <dd><code>${fingerprint}</code></dd>
    </div>`;
  if (!witnesses && notes.length === 0 && !print) return false;
  return html`<dl class="facts">${seen}${noted}${print}</dl>`;
}

function transcript(judged: CaseReport, context: RunContext): Markup | false {
  const lines = judged.transcript ?? [];
  const [first, last] = [lines[0], lines.at(-1)];
  const shown = context.timelineOf(judged);
  if (!first || !last || !shown) return false;
  const isOpen = judged.status !== "PASS" && lines.length <= SHORT_TRANSCRIPT;
  return html`<details class="wire" ${isOpen && " open"}>
    <summary>What crossed the wire: ${counted(lines.length, "line")} in ${duration(last.atMs - first.atMs)}</summary>
    ${shown}
  </details>`;
}
