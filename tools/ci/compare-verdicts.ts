import { readFileSync } from "node:fs";

import { reportRows } from "./report-rows.ts";

/*
 * Usage: compare-verdicts.ts <report.json> <report.json>...
 * The same subject, seed and cases over different drivers must give the same status to each requirement. What differs shows a
 * mistake in a driver, so it exits with 1 and names it.
 */
const [first, ...others] = process.argv.slice(2);

if (first === undefined || others.length === 0) {
  console.error("Usage: compare-verdicts.ts <report.json> <report.json>...");
  process.exitCode = 2;
} else {
  const expected = rowsIn(first);
  const differences = others.flatMap((path) => {
    const rows = rowsIn(path);
    const ids = new Set([...expected.keys(), ...rows.keys()]);
    return [...ids]
      .filter((id) => expected.get(id) !== rows.get(id))
      .map((id) => `${id}: ${expected.get(id) ?? "absent"} in ${first}, ${rows.get(id) ?? "absent"} in ${path}`);
  });
  for (const difference of differences) console.error(difference);
  console.log(`${expected.size} requirements, ${others.length + 1} drivers, ${differences.length} differences`);
  if (differences.length > 0 || expected.size === 0) process.exitCode = 1;
}

function rowsIn(path: string): ReadonlyMap<string, string> {
  return new Map(reportRows(readFileSync(path, "utf8")).map(({ id, status }) => [id, status]));
}
