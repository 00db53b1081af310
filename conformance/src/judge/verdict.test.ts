import { expect, test } from "vitest";

import { rowResult } from "../../test/rows.ts";
import type { RowResult, Verdict } from "./results.ts";
import type { RowStatus } from "./status.ts";
import { exitCodeOf, verdictOf } from "./verdict.ts";

function must(status: RowStatus, isHostLimit = false): RowResult {
  return rowResult("A-001", { status, ...(isHostLimit ? { isHostLimit } : {}) });
}

function should(status: RowStatus): RowResult {
  return rowResult("A-002", { status, row: { level: "SHOULD" } });
}

interface Line {
  readonly rows: readonly RowResult[];
  readonly isFiltered?: true;
  readonly accepts?: true;
  readonly verdict: Verdict;
}

const table: Readonly<Record<string, Line>> = {
  "all pass": { rows: [must("PASS"), should("PASS")], verdict: "conformant" },
  "a capability that is not there": { rows: [must("PASS"), must("N/A")], verdict: "conformant" },
  "a warning": { rows: [must("PASS"), should("WARN")], verdict: "conformant" },
  "a SHOULD that was not run": { rows: [must("PASS"), should("NOT_RUN")], verdict: "conformant" },
  "a failure": { rows: [must("PASS"), must("FAIL")], verdict: "not-conformant" },
  "something inconclusive": { rows: [must("PASS"), must("INCONCLUSIVE")], verdict: "not-conformant" },
  "something not run": { rows: [must("PASS"), must("NOT_RUN")], verdict: "not-conformant" },
  "a host limit": { rows: [must("PASS"), must("NOT_RUN", true)], verdict: "not-conformant" },
  "a host limit that is accepted": { rows: [must("PASS"), must("NOT_RUN", true)], accepts: true, verdict: "conformant" },
  "something not run for another reason, limits accepted": {
    rows: [must("PASS"), must("NOT_RUN")],
    accepts: true,
    verdict: "not-conformant",
  },
  "nothing but host limits, accepted": { rows: [must("NOT_RUN", true)], accepts: true, verdict: "nothing-ran" },
  "an error of the suite, beside a failure": { rows: [must("HARNESS_ERROR"), must("FAIL")], verdict: "harness-error" },
  "an error of the suite in a SHOULD": { rows: [must("PASS"), should("HARNESS_ERROR")], verdict: "harness-error" },
  "no row": { rows: [], verdict: "nothing-ran" },
  "nothing that applies": { rows: [must("N/A")], verdict: "nothing-ran" },
  "a SHOULD alone in a whole run": { rows: [must("N/A"), should("PASS")], verdict: "nothing-ran" },
  "a selection that passes": { rows: [must("PASS")], isFiltered: true, verdict: "no-claim" },
  "a selection with a warning": { rows: [should("WARN")], isFiltered: true, verdict: "no-claim" },
  "a selection that fails": { rows: [must("FAIL")], isFiltered: true, verdict: "not-conformant" },
  "a selection that waits for what failed": { rows: [must("FAIL"), must("INCONCLUSIVE")], isFiltered: true, verdict: "not-conformant" },
  "a selection of which nothing ran": { rows: [must("N/A")], isFiltered: true, verdict: "nothing-ran" },
  "a selection of nothing": { rows: [], isFiltered: true, verdict: "nothing-ran" },
};

for (const [name, { rows, isFiltered = false, accepts = false, verdict }] of Object.entries(table)) {
  test(`${name}: ${verdict}`, () => {
    expect(verdictOf(rows, isFiltered, accepts).verdict).toBe(verdict);
  });
}

test("the limits that were accepted are listed, and no others", () => {
  const rows = [must("PASS"), rowResult("A-003", { status: "NOT_RUN", isHostLimit: true }), rowResult("A-004", { status: "NOT_RUN" })];
  expect(verdictOf(rows, false, true).acceptedHostLimits).toEqual(["A-003"]);
  expect(verdictOf(rows, false, false).acceptedHostLimits).toEqual([]);
});

test("each verdict has its exit code, and several have the worst of theirs", () => {
  const codes = (...verdicts: Verdict[]): number => exitCodeOf(verdicts.map((verdict) => ({ verdict })));
  expect(codes("conformant")).toBe(0);
  expect(codes("no-claim")).toBe(0);
  expect(codes("not-conformant")).toBe(1);
  expect(codes("nothing-ran")).toBe(3);
  expect(codes("harness-error")).toBe(4);
  expect(codes("conformant", "not-conformant", "no-claim")).toBe(1);
  expect(codes("harness-error", "not-conformant")).toBe(4);
});
