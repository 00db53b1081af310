/** What `--report kind=path` can write of a run. */
export const REPORT_KINDS = ["json", "junit", "html", "markdown", "badge"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
