import { counted } from "./counted.ts";
import { caughtBy } from "./kill-matrix-data.ts";
import type { KillMatrix } from "./kill-matrix-data.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RunContext } from "./run-context.ts";
import { scrollingTable } from "./scrolling-table.ts";

/** In a row: which broken implementations the suite is known to catch with it. */
export function caughtByRow(id: string, matrix: KillMatrix): Markup {
  const [mutants, liars, nulls] = (["mutant", "liar", "null"] as const).map((kind) => caughtBy(id, matrix, kind));
  const kinds = [
    ["mutants", mutants ?? []],
    ["liars", liars ?? []],
    ["null subjects", nulls ?? []],
  ] as const;
  const total = kinds.reduce((sum, [, ids]) => sum + ids.length, 0);
  if (total === 0) return html`<p class="quiet">No broken implementation is known that this requirement catches.</p>`;
  const lines = kinds.map(
    ([name, ids]) =>
      ids.length > 0 &&
      html`<dt>${name}</dt>
        <dd>${ids.join(", ")}</dd>`,
  );
  return html`<details class="caught">
    <summary>${counted(total, "broken implementation")} known to fail it</summary>
    <dl class="facts">${lines}</dl>
  </details>`;
}

/** At the end of a contract: all rows, with how many and which. */
export function killMatrixTable({ run, killMatrix: matrix, link }: RunContext): Markup {
  if (!matrix)
    return html`<p class="quiet">
      No kill matrix was given for this report. It lists, for each requirement, the broken implementations that the suite is known to catch
      with it.
    </p>`;
  const nulls = matrix.mutants.filter(({ kind }) => kind === "null").map(({ id }) => id);
  const rows = run.rows.map(({ id }) => {
    const [own, liars] = [caughtBy(id, matrix, "mutant"), caughtBy(id, matrix, "liar")];
    const names = [...own, ...liars.map((name) => `${name} (liar)`)].join(", ");
    const ofNulls = caughtBy(id, matrix, "null").length;
    return html`<tr>
      <th scope="row">${link(id)}</th>
      <td class="number">${own.length + liars.length}</td>
      <td>${names === "" ? html`<span class="quiet">none</span>` : names}</td>
      <td class="number">${ofNulls}</td>
    </tr> `;
  });
  const head = html`<tr>
    <th scope="col">requirement</th>
    <th scope="col" class="number">caught</th>
    <th scope="col">mutants and liars that fail it</th>
    <th scope="col" class="number">null subjects</th>
  </tr>`;
  return html`<p class="quiet">
      Mutants are the reference implementation with one defect, liars answer without doing the work, null subjects do
      nothing${nulls.length > 0 && html` (${nulls.join(", ")})`}.
    </p>
    ${scrollingTable(`Kill matrix of ${run.contract}`, head, rows)}`;
}
