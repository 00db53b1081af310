import type { ContractReport, RowReport } from "../report-schema.ts";
import { brokenRows } from "../row-order.ts";
import { counted } from "./counted.ts";
import { inlineCode } from "./inline-code.ts";
import { html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import { rowDetails } from "./row-details.ts";
import type { RunContext } from "./run-context.ts";
import { statusMark } from "./status-mark.ts";

/** Rows that are open when the page opens: enough to begin with, and few enough to see that there are others. */
const OPEN_ROWS = 2;

/** All rows of a run, what needs work first and what needs nothing last. */
export function rowGroups(context: RunContext): readonly (Markup | false)[] {
  const { run } = context;
  const broken = brokenRows(run);
  const rowsOf = (status: RowReport["status"]): readonly RowReport[] => run.rows.filter((row) => row.status === status);
  const list = (rows: readonly RowReport[], open = 0): readonly Markup[] =>
    rows.map((row, index) => rowDetails(row, index < open, context));
  return [
    broken.length > 0 && group("Needs work", broken.length, list(broken, OPEN_ROWS)),
    openGroup("Warned: a SHOULD that does not hold", rowsOf("WARN"), list),
    waitingGroup(rowsOf("INCONCLUSIVE"), context, list),
    openGroup("Not run", rowsOf("NOT_RUN"), list),
    closedGroup("Not applicable", rowsOf("N/A"), list),
    closedGroup("Passed", rowsOf("PASS"), list),
    !run.isFiltered && untestable(run),
  ];
}

type List = (rows: readonly RowReport[]) => readonly Markup[];

function openGroup(title: string, rows: readonly RowReport[], list: List): Markup | false {
  return rows.length > 0 && group(title, rows.length, list(rows));
}

function closedGroup(title: string, rows: readonly RowReport[], list: List): Markup | false {
  return rows.length > 0 && folded(title, rows.length, list(rows));
}

function group(title: string, count: number, content: Content): Markup {
  return html`<section class="group" data-group>
    <h3>${title} <span class="count">${count}</span></h3>
    ${content}
  </section> `;
}

function folded(title: string, count: number, content: Content): Markup {
  return html`<details class="group" data-group>
    <summary>
      <h3>${title} <span class="count">${count}</span></h3>
    </summary>
    ${content}
  </details> `;
}

/** Rows that could not be judged, by what stands in the way of them. */
function waitingGroup(rows: readonly RowReport[], { run, link }: RunContext, list: List): Markup | false {
  if (rows.length === 0) return false;
  const byBlocker = Map.groupBy(rows, ({ blockedBy }) => blockedBy);
  const parts = [...byBlocker].map(([blocker, waiting]) => {
    const status = run.rows.find(({ id }) => id === blocker)?.status;
    const whose =
      blocker === undefined ? "no other requirement; the reason is in each" : html`${link(blocker)} ${status && statusMark(status)}`;
    return html`<div data-group>
      <p class="blocker">${counted(waiting.length, "requirement")} ${waiting.length === 1 ? "waits" : "wait"} for ${whose}</p>
      ${list(waiting)}
    </div>`;
  });
  return group("Waits for another requirement", rows.length, parts);
}

function untestable(run: ContractReport): Markup | false {
  const items = run.untestable.map(
    ({ id, text, reason }) =>
      html`<div class="row untestable" data-status="NOT_TESTABLE" data-contract="${run.contract}" data-id="${id}">
        <p>
          ${statusMark("NOT_TESTABLE")} <span class="title"><span class="row-id">${id}</span> ${inlineCode(text)}</span>
        </p>
        <p class="quiet">${reason}</p>
      </div> `,
  );
  return items.length > 0 && folded("Cannot be tested from outside", items.length, items);
}
