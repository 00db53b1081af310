import type { RowReport } from "../report-schema.ts";
import { openCases, waitingFor } from "../row-order.ts";
import { bounded } from "./bounded-text.ts";
import { caseDetails, passedCases } from "./case-details.ts";
import { counted } from "./counted.ts";
import { duration } from "./durations.ts";
import { inlineCode } from "./inline-code.ts";
import { caughtByRow } from "./kill-matrix-table.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { OPEN_CASES } from "./open-cases.ts";
import type { RunContext } from "./run-context.ts";
import { statusMark } from "./status-mark.ts";

/** A row: closed, its requirement and how it came out; open, everything that is known of it. */
export function rowDetails(row: RowReport, isOpen: boolean, context: RunContext): Markup {
  const { run } = context;
  const waiting = waitingFor(row, run);
  const blocks = waiting.length > 0 && html`<span class="blocks">${waiting.length} wait${waiting.length === 1 && "s"} for it</span>`;
  // The anchor is inside, because a browser opens what encloses a fragment's target, also without the script.
  return html`<details
    class="row"
    data-status="${row.status}"
    data-level="${row.level}"
    data-contract="${run.contract}"
    data-id="${row.id}"
    ${isOpen && " open"}
  >
    <summary>
      ${statusMark(row.status)}
      <h4><span class="row-id">${row.id}</span> ${inlineCode(row.text)}</h4>
      <span class="level">${row.level}</span>${blocks}
    </summary>
    <div class="inside" id="${context.anchor(row.id)}">${why(row, context)}${casesOf(row, context)}${facts(row, waiting, context)}</div>
  </details> `;
}

function why({ reason, evidence, blockedBy, isHostLimit, cases }: RowReport, { link }: RunContext): readonly (Markup | false)[] {
  const isSaidByCase = cases.some((judged) => judged.reason === reason);
  return [
    reason !== undefined && !isSaidByCase && html`<p class="reason"><span class="lines">${bounded(reason)}</span></p>`,
    blockedBy !== undefined && html`<p>Waits for ${link(blockedBy)}. Mend that first, and run this again.</p>`,
    isHostLimit === true && html`<p>This machine cannot show it; another one can.</p>`,
    evidence !== undefined && html`<p><span class="label">evidence</span> ${bounded(evidence)}</p>`,
  ];
}

function casesOf(row: RowReport, context: RunContext): readonly (Markup | false)[] {
  const passed = row.cases.filter(({ status }) => status === "PASS");
  const waits = row.cases.filter(({ status, blockedBy }) => status !== "PASS" && blockedBy === row.id);
  const open = openCases(row);
  const list = passed.length > 0 && passedCases(passed, context);
  return [
    ...open.map((judged, index) => caseDetails(judged, row, index < OPEN_CASES, context)),
    waits.length > 0 &&
      html`<p class="quiet">
        ${counted(waits.length, "more case")} of this row ${waits.length === 1 ? "waits" : "wait"} for what is above.
      </p>`,
    list &&
      (open.length > 0
        ? html`<details>
            <summary>${counted(passed.length, "case")} passed</summary>
            ${list}
          </details>`
        : list),
    row.cases.length === 0 &&
      row.status === "PASS" &&
      html`<p class="quiet">It is judged from whole sessions and has no case of its own.</p>`,
  ];
}

function facts(row: RowReport, waiting: readonly RowReport[], { links, killMatrix }: RunContext): Markup {
  const took = row.cases.reduce((total, { durationMs }) => total + durationMs, 0);
  const isHintShown = row.cases.some(({ status }) => status === "FAIL");
  return html`<dl class="facts">
      ${
        waiting.length > 0 &&
        html`<div>
          <dt>waiting for it</dt>
          <dd>${links(waiting.map(({ id }) => id))}</dd>
        </div>`
      }${
        row.status !== "PASS" &&
        !isHintShown &&
        html`<div>
          <dt>hint</dt>
          <dd>${inlineCode(row.hint)}</dd>
        </div>`
      }
      <div>
        <dt>specification</dt>
        <dd><code>${row.specification}</code></dd>
      </div>
      ${
        row.cases.length > 0 &&
        html`<div>
          <dt>cases</dt>
          <dd>${row.cases.length} in ${duration(took)}</dd>
        </div>`
      }
    </dl>
    <div class="replay">
      <span class="label">replay</span><code>${row.replay}</code
      ><button type="button" class="copy" hidden>Copy<span class="unseen"> the command that runs ${row.id} again</span></button>
    </div>
    ${killMatrix && caughtByRow(row.id, killMatrix)}`;
}
