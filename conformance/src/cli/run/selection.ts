import type { Requirement } from "@flynn/sdk/kernel";
import { wireRequirements } from "@flynn/sdk/wire";

import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import type { RunFlags } from "./run-flags.ts";
import { idPattern } from "../id-pattern.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

type Selection = (requirement: Requirement) => boolean;

/** What `--only`, `--level` and `--capability` leave of the rows; undefined where nothing is left out. */
export function selectionOf(
  flags: Pick<RunFlags, "only" | "level" | "capability">,
  suites: readonly SuiteDefinition[],
): Selection | undefined {
  const rows = [...wireRequirements, ...suites.flatMap((suite) => suite.contract.requirements)];
  const tests: Selection[] = [];
  if (flags.only.length > 0) {
    const patterns = flags.only.flatMap((only) => only.split(",")).map((only) => patternOf(only, rows));
    tests.push((row) => patterns.some((pattern) => pattern.test(row.id)));
  }
  if (flags.capability.length > 0) {
    const known = suites.flatMap((suite) => suite.contract.flags);
    const unknown = flags.capability.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new UsageError(`There is no capability ${unknown}`, `The capabilities are: ${known.join(", ") || "none"}.`);
    tests.push((row) => flags.capability.some((name) => row.flag === name || row.flag === `!${name}`));
  }
  if (flags.level) tests.push((row) => row.level === flags.level);
  if (tests.length === 0) return undefined;
  const selection: Selection = (row) => tests.every((test) => test(row));
  if (!rows.some((row) => row.untestable === undefined && selection(row))) {
    throw new UsageError("No requirement is left by --only, --level and --capability together", "Leave one of them out.");
  }
  return selection;
}

/** An id, or a pattern with `*`. One that matches nothing is a mistake, never an empty run. */
function patternOf(only: string, rows: readonly Requirement[]): RegExp {
  const pattern = idPattern(only);
  const matched = rows.filter((row) => pattern.test(row.id));
  if (matched.length === 0) {
    const guess = nearest(
      only,
      rows.map((row) => row.id),
    );
    throw new UsageError(
      `--only ${only} matches no requirement${guess ? `; did you mean ${guess}?` : ""}`,
      "`flynn-conformance list` shows them all.",
    );
  }
  const untestable = matched.find((row) => row.untestable !== undefined);
  if (untestable && matched.length === 1) throw new UsageError(`${untestable.id} cannot be tested: ${untestable.untestable}`);
  return pattern;
}
