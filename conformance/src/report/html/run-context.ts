import type { CaseReport, ContractReport, Report } from "../report-schema.ts";
import type { KillMatrix } from "./kill-matrix-data.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RowAnchors } from "./row-anchors.ts";

/** The run of one contract, and what its parts need to know of the page. */
export interface RunContext {
  readonly run: ContractReport;
  readonly killMatrix: KillMatrix | undefined;
  /** The value of a row's `id` attribute. */
  readonly anchor: (id: string) => string | undefined;
  /** A link to a row, or its id alone where the run left it out. */
  readonly link: (id: string) => Markup;
  /** Links with commas between. */
  readonly links: (ids: readonly string[]) => readonly Markup[];
  /** What crossed the wire in a case, where that was kept. */
  readonly timelineOf: (judged: CaseReport) => Markup | undefined;
}

export function runContexts(
  report: Report,
  anchors: RowAnchors,
  killMatrices: readonly KillMatrix[],
  timelineOf: RunContext["timelineOf"],
): readonly RunContext[] {
  return report.runs.map((run) => {
    const link = (id: string): Markup => {
      const anchor = anchors.of(id, run);
      return anchor === undefined ? html`<span class="row-id">${id}</span>` : html`<a class="row-id" href="#${anchor}">${id}</a>`;
    };
    return {
      run,
      killMatrix: killMatrices.find(({ contract }) => contract === run.contract),
      anchor: (id) => anchors.of(id, run),
      link,
      links: (ids) => ids.map((id, index) => html`${index > 0 && ", "}${link(id)}`),
      timelineOf,
    };
  });
}
