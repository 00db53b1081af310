import type { Report } from "../report-schema.ts";

/** The report as one page that needs nothing beside itself. */
export function htmlReport(report: Report): string {
  return `<!doctype html><title>${report.runs.length}</title>`;
}
