import { REPORT_VERSION, reportSchema } from "../report/report-schema.ts";
import type { Report } from "../report/report-schema.ts";
import { readJsonFile } from "./json-file.ts";

export function readReport(path: string): Report {
  return readJsonFile(path, {
    name: "report",
    version: REPORT_VERSION,
    schema: reportSchema,
    next: `Write one with --report json=${path.endsWith(".json") ? path : "report.json"}`,
  });
}
