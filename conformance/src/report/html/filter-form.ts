import type { Report } from "../report-schema.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { STATUSES, statusClass, statusWords } from "./status-mark.ts";
import type { ShownStatus } from "./status-mark.ts";

/** Hidden until the script has it: without the script there is nothing that filters. */
export function filterForm({ runs }: Report): Markup {
  const total = new Map<ShownStatus, number>();
  const add = (status: ShownStatus): unknown => total.set(status, (total.get(status) ?? 0) + 1);
  for (const { rows, untestable, isFiltered } of runs) {
    for (const { status } of rows) add(status);
    if (!isFiltered) for (const _ of untestable) add("NOT_TESTABLE");
  }
  const statuses = STATUSES.filter((status) => total.has(status)).map(
    (status) =>
      html`<label class="choice ${statusClass(status)}"
        ><input type="checkbox" name="status" value="${status}" /> ${statusWords(status)}
        <span class="count">${total.get(status)}</span></label
      > `,
  );
  const contracts =
    runs.length > 1 &&
    select(
      "contract",
      "Contract",
      runs.map(({ contract }) => contract),
    );
  return html`<search aria-label="Filter requirements">
    <form id="filters" hidden>
      <fieldset>
        <legend>Status</legend>
        ${statuses}
      </fieldset>
      <div class="fields">
        ${select("level", "Level", ["MUST", "SHOULD"])}${contracts}<label class="field wide"
          >Text <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="id or words"
        /></label>
      </div>
      <div class="actions">
        <output id="shown" role="status"></output><button type="button" id="open-all">Open all</button
        ><button type="button" id="close-all">Close all</button><button type="reset">Reset</button>
      </div>
    </form>
  </search> `;
}

function select(name: string, label: string, values: readonly string[]): Markup {
  return html`<label class="field"
    >${label}
    <select name="${name}">
      <option value="">any</option>
      ${values.map((value) => html`<option>${value}</option>`)}
    </select></label
  > `;
}
