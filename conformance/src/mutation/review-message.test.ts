import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { CheckResult } from "../judge/results.ts";
import { contractReport } from "../report/build-report.ts";
import type { ContractReport, RowReport } from "../report/report-schema.ts";
import { reviewMessage } from "./review-message.ts";

const good: CheckResult = { name: "holds", holds: false, did: "asked for a ticket", expected: "the ticket", got: "another ticket" };

function review(check: Partial<CheckResult>, change: (row: RowReport) => RowReport = (row) => row): string | undefined {
  const failed = rowResult("TOY-001", {
    status: "FAIL",
    cases: [caseResult("TOY-001/one", { status: "FAIL", checks: [{ ...good, ...check }] })],
  });
  const subject = { name: "t", version: "1", source: "./t.ts" };
  const rest = { driver: "child", seed: "s", realClock: false, durationMs: 1, isFiltered: false, acceptedHostLimits: [], capabilities: [] };
  const run: ContractReport = contractReport(
    { contract: "toy@1", verdict: "not-conformant", rows: [failed], subject, ...rest },
    toySuite.contract,
  );
  const [row] = run.rows;
  if (!row) throw new Error("The report lost its row");
  return reviewMessage(change(row), run);
}

test("a message with all that an author needs passes", () => {
  expect(review({})).toBeUndefined();
});

const poor: Readonly<Record<string, readonly [string | undefined, string]>> = {
  "no did": [review({ did: "" }), "has no did"],
  "no expectation": [review({ expected: "" }), "has no expected"],
  "nothing got": [review({ got: " " }), "has no got"],
  "no next step": [review({ next: "" }), "has no next"],
  "an expectation that was met": [review({ got: "the ticket" }), "expected and got are the same text"],
  "an object": [review({ got: "[object Object]" }), "shows an object"],
  "more than a screen": [review({ got: "x".repeat(3_000) }), "lines of 100 characters and a screen has 30"],
  "the replay line of another row": [review({}, (row) => ({ ...row, replay: "flynn-conformance --only TOY-002 " })), "its replay line"],
  "no case that says anything": [review({}, (row) => ({ ...row, cases: [] })), "has no did, has no expected, has no got, has no next"],
};

test.each(Object.entries(poor))("%s is found, with the message", (_title, [problem, says]) => {
  expect(problem).toContain(says);
  expect(problem).toContain("FAIL TOY-001");
});
