import type { CaseReport, ContractReport, Report } from "../report-schema.ts";
import type { KillMatrix } from "./kill-matrix-data.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RowAnchors } from "./row-anchors.ts";
import { timeline, timelineItems } from "./timeline.ts";
import { timelineRoom } from "./timeline-room.ts";

/** The run of one contract, and what its parts need to know of the page. */
export interface RunContext {
  readonly run: ContractReport;
  readonly killMatrix: KillMatrix | undefined;
  /** The value of a row's `id` attribute. */
  anchor(id: string): string | undefined;
  /** A link to a row, or its id alone where the run left it out. */
  link(id: string): Markup;
  /** Links with commas between. */
  links(ids: readonly string[]): readonly Markup[];
  /** What crossed the wire in a case, where that was kept. */
  timelineOf(judged: CaseReport): Markup | undefined;
}

export function runContexts(report: Report, anchors: RowAnchors, killMatrices: readonly KillMatrix[]): readonly RunContext[] {
  const timelineOf = timelinesOf(report);
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

/** All timelines are sized before one is shown, so that each gets its share of the room. */
function timelinesOf(report: Report): RunContext["timelineOf"] {
  const cases = report.runs.flatMap(({ rows }) => rows.flatMap((row) => row.cases));
  const items = new Map<CaseReport, readonly Markup[]>();
  for (const judged of cases) if (judged.transcript?.length) items.set(judged, timelineItems(judged.transcript));
  const sizes = new Map([...items].map(([judged, lines]) => [judged, lines.reduce((total, { text }) => total + text.length, 0)]));
  const roomOf = timelineRoom(report, sizes);
  return (judged) => {
    const lines = items.get(judged);
    return lines && timeline(lines, roomOf(judged));
  };
}
