import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { driftOf, repair } from "./api-drift.ts";
import type { Drift } from "./api-drift.ts";
import { apiReports } from "./api-report.ts";
import { PROMISED, publicEntries, reportName } from "./public-entries.ts";
import { root } from "./workspace-settings.ts";

/*
 * Usage: pnpm api:generate, pnpm api:check
 * One report for each public entry of sdk and conformance: every name that it offers with its type, so that a change of what
 * others compile against is seen in review. `--check` writes nothing, prints what differs and exits with 1.
 */
const [mode, ...more] = process.argv.slice(2);

if ((mode !== undefined && mode !== "--check") || more.length > 0) {
  console.error("Usage: pnpm api:generate, or pnpm api:check");
  process.exitCode = 2;
} else {
  using scratch = mkdtempDisposableSync(join(tmpdir(), "flynn-api-"));
  const reports = apiReports(root, publicEntries(root), scratch.path);
  const expected = new Map([...reports].map(([entry, text]) => [`${entry.folder}/api/${reportName(entry)}`, text]));
  const drift = driftOf(root, PROMISED, expected);
  if (mode === undefined) repair(root, drift, expected);
  else for (const found of drift) tell(found, expected.get(found.path) ?? "", scratch.path);
  console.log(`${expected.size} reports, ${drift.length} ${mode === undefined ? "written or removed" : "differ"}`);
  if (mode !== undefined && drift.length > 0) process.exitCode = 1;
}

function tell({ path, kind }: Drift, text: string, scratch: string): void {
  const what = {
    missing: "is missing: the export map has an entry that no report describes",
    changed: "is not what the types say (any more)",
    stale: "describes an entry that the export map does not have (any more)",
  }[kind];
  console.error(
    `${path} ${what}. If that is meant, run npx pnpm@12 api:generate, commit the result, and say in CHANGELOG.md what changes.`,
  );
  if (kind !== "changed") return;
  const meant = join(scratch, "expected", path);
  mkdirSync(dirname(meant), { recursive: true });
  writeFileSync(meant, text);
  const { stdout } = spawnSync("git", ["diff", "--no-index", "--no-color", "--", join(root, path), meant], { encoding: "utf8" });
  // Without the head, which names folders of this machine.
  console.error(stdout.slice(stdout.indexOf("@@ ")));
}
