import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { RowResult } from "../judge/results.ts";
import { contractReport } from "../report/build-report.ts";
import type { ContractReport } from "../report/report-schema.ts";
import type { Baseline, BaselineEntry } from "./baseline-schema.ts";
import { compareBaseline } from "./compare-baseline.ts";
import { unknownFailures, updatedBaseline } from "./update-baseline.ts";

const TODAY = "2026-11-27";

function entry(name: string, members: Partial<BaselineEntry> = {}): BaselineEntry {
  const [id = ""] = name.split("/");
  return { contract: "toy@1", id, case: name, fingerprint: "f1", reason: "known", issue: "#1", until: TODAY, ...members };
}

const failed = (name: string, fingerprint = "f1"): RowResult["cases"][number] => caseResult(name, { status: "FAIL", fingerprint });

function run(rows: readonly RowResult[], members: Partial<ContractReport> = {}): ContractReport {
  const result = {
    contract: "toy@1",
    verdict: "not-conformant",
    rows,
    capabilities: [],
    subject: { name: "toy", version: "1", source: "./toy.ts" },
    driver: "child",
    seed: "s",
    realClock: false,
    durationMs: 1,
    isFiltered: false,
    acceptedHostLimits: [],
  } as const;
  return { ...contractReport(result, toySuite.contract), ...members };
}

const baseline = (...entries: BaselineEntry[]): Baseline => ({ schema: "flynn-conformance-baseline/1", seed: "s", entries });
const kinds = (given: Baseline, runs: readonly ContractReport[]): string[] =>
  compareBaseline(given, runs, TODAY).problems.map(({ kind, case: name, id }) => `${kind} ${name || id}`);

const broken = rowResult("TOY-001", { status: "FAIL", cases: [failed("TOY-001/one"), caseResult("TOY-001/two")] });
const waiting = rowResult("TOY-002", { status: "INCONCLUSIVE", blockedBy: "TOY-001", reason: "It stands on TOY-001." });
const further = rowResult("TOY-003", { status: "INCONCLUSIVE", blockedBy: "TOY-002", reason: "It stands on TOY-002." });

test("a failure that is known as it is, on its last day, is excused, and what waits for it with it", () => {
  const compared = compareBaseline(baseline(entry("TOY-001/one")), [run([broken, waiting, further, rowResult("TOY-004")])], TODAY);
  expect(compared).toEqual({
    excused: [{ contract: "toy@1", id: "TOY-001", case: "TOY-001/one" }],
    waiting: [
      { contract: "toy@1", id: "TOY-002" },
      { contract: "toy@1", id: "TOY-003" },
    ],
    problems: [],
  });
});

const second = rowResult("TOY-005", { status: "FAIL", cases: [failed("TOY-005/one"), failed("TOY-005/two")] });

const problems: Readonly<Record<string, readonly [Baseline, readonly RowResult[], readonly string[]]>> = {
  "a failure that no entry knows": [baseline(), [second], ["new TOY-005/one", "new TOY-005/two"]],
  "a second case of a row of which one is known": [baseline(entry("TOY-005/one")), [second], ["new TOY-005/two"]],
  "an entry whose last day is over": [baseline(entry("TOY-001/one", { until: "2026-11-26" })), [broken], ["expired TOY-001/one"]],
  "a failure in another way": [baseline(entry("TOY-001/one", { fingerprint: "f0" })), [broken], ["changed TOY-001/one"]],
  "a case that holds now": [baseline(entry("TOY-001/one"), entry("TOY-001/two")), [broken], ["passing TOY-001/two"]],
  "a row that holds now": [baseline(entry("TOY-004/one")), [rowResult("TOY-004")], ["passing TOY-004/one"]],
  "a case that was not tried": [baseline(entry("TOY-002/one")), [waiting], ["skipped TOY-002/one", "not-shown TOY-002"]],
  "a case that was not decided": [
    baseline(entry("TOY-004/one")),
    [rowResult("TOY-004", { status: "NOT_RUN", reason: "no FIFO", cases: [caseResult("TOY-004/one", { status: "NOT_RUN" })] })],
    ["skipped TOY-004/one", "not-shown TOY-004"],
  ],
  "a capability that is not declared any more": [
    baseline(entry("TOY-004/one")),
    [rowResult("TOY-004", { status: "N/A" })],
    ["skipped TOY-004/one"],
  ],
  "an entry for no requirement": [baseline(entry("TOY-999/one")), [rowResult("TOY-004")], ["unmatched TOY-999/one"]],
  "an entry for no case": [baseline(entry("TOY-001/three"), entry("TOY-001/one")), [broken], ["unmatched TOY-001/three"]],
  "a row that waits for one that is not excused": [baseline(), [broken, waiting], ["new TOY-001/one", "not-shown TOY-002"]],
};

test.each(Object.entries(problems))("%s fails the run, and is named", (_title, [given, rows, expected]) => {
  expect(kinds(given, [run(rows)])).toEqual(expected);
});

test("a warning needs no entry", () => {
  const warned = rowResult("TOY-006", { status: "WARN", row: { level: "SHOULD" }, cases: [failed("TOY-006/one")] });
  expect(kinds(baseline(), [run([warned])])).toEqual([]);
});

test("a limit of the host that was accepted is no problem, and one that was not is", () => {
  const unable = rowResult("TOY-007", { status: "NOT_RUN", isHostLimit: true, reason: "no FIFO" });
  expect(kinds(baseline(), [run([unable], { acceptedHostLimits: ["TOY-007"] })])).toEqual([]);
  expect(kinds(baseline(), [run([unable])])).toEqual(["not-shown TOY-007"]);
});

test("a run of some rows, or of another contract, says nothing of the other entries", () => {
  const given = baseline(entry("TOY-999/one"), entry("OTHER-001/one", { contract: "other@1" }), entry("TOY-001/one"));
  expect(kinds(given, [run([broken], { isFiltered: true })])).toEqual([]);
});

test("an update keeps what is still true, adds what is new with its acceptance, and forgets what is mended", () => {
  const before = baseline(
    entry("TOY-001/one", { reason: "old" }),
    entry("TOY-004/one"),
    entry("TOY-005/one", { fingerprint: "f0", reason: "another failure" }),
    entry("OTHER-001/one", { contract: "other@1" }),
  );
  const runs = [run([broken, rowResult("TOY-004"), second])];
  expect(unknownFailures(before, runs).map(({ judged }) => judged.id)).toEqual(["TOY-005/one", "TOY-005/two"]);
  const after = updatedBaseline(before, runs, { reason: "later", issue: "#2", until: "2027-01-31" });
  expect(after.entries.map(({ case: name, reason }) => [name, reason])).toEqual([
    ["OTHER-001/one", "known"],
    ["TOY-001/one", "old"],
    ["TOY-005/one", "later"],
    ["TOY-005/two", "later"],
  ]);
  expect(compareBaseline(after, runs, TODAY).problems).toEqual([]);
});
