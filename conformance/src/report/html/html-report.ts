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

export interface HtmlReportOptions {
  /** What the suite is known to catch, for each contract of which that is at hand. */
  readonly killMatrices?: readonly KillMatrix[];
}

/** The report as one page that needs nothing beside itself. */
export function htmlReport(report: Report, options: HtmlReportOptions = {}): string {
  const contexts = runContexts(report, new RowAnchors(report), options.killMatrices ?? []).toSorted(
    (a, b) => Number(needsWork(b.run)) - Number(needsWork(a.run)),
  );
  const nameOf = (context: RunContext): string => `contract-${contexts.indexOf(context) + 1}`;
  const title = `${reportVerdict(report).words} · ${subjectNames(report)}`;
  return page(
    title,
    html`<a class="skip" href="#results">Skip to the results</a>
${reportHeader(report, contexts, nameOf)}${filterForm(report)}<main id="results" tabindex="-1">
<div id="nothing" hidden><p>Nothing matches these filters.</p><button type="button" id="show-all">Show all requirements</button></div>
${contexts.map((context) => contractSection(nameOf(context), context))}</main>
<footer><p>A count is no percentage: requirements do not weigh the same. What was not run is never counted as passed. Transcripts are shortened here; the JSON report has all of what was kept.</p><p class="keys" hidden>With a requirement focused: <kbd>j</kbd> and <kbd>k</kbd> go to the next and the one before, <kbd>/</kbd> to the text filter.</p></footer>
`,
  );
}

function needsWork({ rows }: ContractReport): boolean {
  return rows.some(({ status }) => status === "FAIL" || status === "HARNESS_ERROR");
}
