import { readFileSync } from "node:fs";

import { reportRows } from "./report-rows.ts";

/*
 * Usage: some-passed.ts <report.json>
 * For a subject that is not complete: a report in which no MUST passed would say that it does not work at all.
 */
const [path] = process.argv.slice(2);

if (path === undefined) {
  console.error("Usage: some-passed.ts <report.json>");
  process.exitCode = 2;
} else {
  const musts = reportRows(readFileSync(path, "utf8")).filter(({ level }) => level === "MUST");
  const passed = musts.filter(({ status }) => status === "PASS").length;
  const broken = musts.filter(({ status }) => status === "HARNESS_ERROR").length;
  console.log(`${passed} of ${musts.length} MUST passed`);
  if (passed === 0 || broken > 0) process.exitCode = 1;
}
