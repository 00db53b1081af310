import type { ContractReport, Report } from "../report-schema.ts";
import { contractSection } from "./contract-section.ts";
import { filterForm } from "./filter-form.ts";
import type { KillMatrix } from "./kill-matrix-data.ts";
import { html } from "./markup.ts";
import { page } from "./page.ts";
import { reportHeader, reportVerdict, subjectNames } from "./report-header.ts";
import { RowAnchors } from "./row-anchors.ts";
import { runContexts } from "./run-context.ts";
import type { RunContext } from "./run-context.ts";
import { timelinesIn } from "./timeline-room.ts";

export interface HtmlReportOptions {
  /** What the suite is known to catch, for each contract of which that is at hand. */
  readonly killMatrices?: readonly KillMatrix[];
}

/** What a page may come to, in characters: well under a megabyte, so that it opens at once and can be attached anywhere. */
const MOST_CHARACTERS = 760_000;

/** Timelines are what a failure is understood by, so a page that is over the bound without them has some all the same. */
const LEAST_FOR_TIMELINES = 100_000;

/** The report as one page that needs nothing beside itself. */
export function htmlReport(report: Report, options: HtmlReportOptions = {}): string {
  const killMatrices = options.killMatrices ?? [];
  const without = reportPage(report, killMatrices, () => undefined);
  const room = Math.max(LEAST_FOR_TIMELINES, MOST_CHARACTERS - without.length);
  return reportPage(report, killMatrices, timelinesIn(report, room));
}

function reportPage(report: Report, killMatrices: readonly KillMatrix[], timelineOf: RunContext["timelineOf"]): string {
  const contexts = runContexts(report, new RowAnchors(report), killMatrices, timelineOf).toSorted(
    (a, b) => Number(needsWork(b.run)) - Number(needsWork(a.run)),
  );
  const nameOf = (context: RunContext): string => `contract-${contexts.indexOf(context) + 1}`;
  const title = `${reportVerdict(report).words} · ${subjectNames(report)}`;
  return page(
    title,
    html`<a class="skip" href="#results">Skip to the results</a> ${reportHeader(report, contexts, nameOf)}${filterForm(report)}
      <main id="results" tabindex="-1">
        <div id="nothing" hidden>
          <p>Nothing matches these filters.</p>
          <button type="button" id="show-all">Show all requirements</button>
        </div>
        ${contexts.map((context) => contractSection(nameOf(context), context))}
      </main>
      <p class="unseen" id="told" role="status"></p>
      <footer>
        <p>
          There is no percentage: requirements do not weigh the same. What was not run is never counted as passed. Transcripts are shortened
          here; the JSON report has all of what was kept.
        </p>
        <p class="keys" hidden>
          With a requirement focused: <kbd>j</kbd> and <kbd>k</kbd> go to the next and the one before, <kbd>/</kbd> to the text filter.
        </p>
      </footer> `,
  );
}

function needsWork({ rows }: ContractReport): boolean {
  return rows.some(({ status }) => status === "FAIL" || status === "HARNESS_ERROR");
}
