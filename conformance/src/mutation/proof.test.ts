import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { RowResult } from "../judge/results.ts";
import { contractReport } from "../report/build-report.ts";
import type { ContractReport } from "../report/report-schema.ts";
import type { SourcePatch } from "./mutant.ts";
import { countOccurrences } from "./occurrences.ts";
import { judgeMutant, judgeNull } from "./proof.ts";

function run(...rows: readonly RowResult[]): ContractReport {
  const subject = { name: "t", version: "1", source: "./t.ts" };
  const rest = { driver: "child", seed: "s", realClock: false, durationMs: 1, isFiltered: false, acceptedHostLimits: [], capabilities: [] };
  return contractReport({ contract: "toy@1", verdict: "not-conformant", rows, subject, ...rest }, toySuite.contract);
}

const mutant: SourcePatch = { id: "forgets", kills: ["TOY-001"], message: "the ticket", file: "toy.ts", find: "a", replace: "b" };

function failing(id: string, got = "without the ticket"): RowResult {
  const checks = [{ name: "holds", holds: false, did: "asked", expected: "an answer", got }];
  return rowResult(id, { status: "FAIL", cases: [caseResult(`${id}/one`, { status: "FAIL", checks })] });
}

test("a mutant that fails what it claims, with the message that it claims, has no problem", () => {
  const result = judgeMutant(mutant, "mutant", run(failing("TOY-001"), rowResult("TOY-002")));
  expect(result).toEqual({ id: "forgets", kind: "mutant", mutant, failed: ["TOY-001"], blocked: 0 });
});

test("a warning counts as a failure: it is how a SHOULD fails", () => {
  const warned = { ...failing("TOY-001"), status: "WARN" } as const;
  expect(judgeMutant(mutant, "mutant", run(warned)).problem).toBeUndefined();
});

test("one that survives, and one that fails more than it claims, are named with the rows", () => {
  expect(judgeMutant(mutant, "mutant", run(rowResult("TOY-001"))).problem).toBe("survives TOY-001");
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001"), failing("TOY-002"))).problem).toBe("also fails TOY-002");
  expect(judgeMutant(mutant, "mutant", run(rowResult("TOY-001"), failing("TOY-002"))).problem).toBe("survives TOY-001; also fails TOY-002");
});

test("a row that is only blocked does not count as killed", () => {
  const open = rowResult("TOY-001", { status: "INCONCLUSIVE", blockedBy: "WIRE-003" });
  expect(judgeMutant(mutant, "mutant", run(open)).problem).toBe("survives TOY-001");
});

test("the message is looked for in what failed, and not in what passed", () => {
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001", "nothing"))).problem).toContain('the message does not say "the ticket"');
  const passed = { name: "first", holds: true, did: "looked at the ticket", expected: "the ticket", got: "the ticket" };
  const row = failing("TOY-001", "nothing");
  const cases = row.cases.map((judged) => ({ ...judged, checks: [passed, ...judged.checks] }));
  expect(judgeMutant(mutant, "mutant", run({ ...row, cases })).problem).toContain("the message does not say");
});

test("rows may wait for what was killed, also by way of others", () => {
  const waits = rowResult("TOY-002", { status: "INCONCLUSIVE", blockedBy: "TOY-001" });
  const waitsOn = rowResult("TOY-003", { status: "INCONCLUSIVE", blockedBy: "TOY-002" });
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001"), waits, waitsOn))).toMatchObject({ blocked: 2 });
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001"), waits, waitsOn)).problem).toBeUndefined();
});

test("a row that stays open for any other reason is a problem", () => {
  const strays: readonly RowResult[] = [
    rowResult("TOY-002", { status: "INCONCLUSIVE", blockedBy: "TOY-003", reason: "elsewhere" }),
    rowResult("TOY-002", { status: "INCONCLUSIVE", reason: "elsewhere" }),
    rowResult("TOY-002", { status: "NOT_RUN", reason: "elsewhere" }),
    rowResult("TOY-002", { status: "HARNESS_ERROR", reason: "elsewhere" }),
  ];
  for (const stray of strays) {
    const { problem } = judgeMutant(mutant, "mutant", run(failing("TOY-001"), stray, rowResult("TOY-003")));
    expect(problem).toBe(`leaves open TOY-002 (${stray.status}: elsewhere)`);
  }
});

test("rows that wait in a circle end the search", () => {
  const one = rowResult("TOY-002", { status: "INCONCLUSIVE", blockedBy: "TOY-003", reason: "r" });
  const two = rowResult("TOY-003", { status: "INCONCLUSIVE", blockedBy: "TOY-002", reason: "r" });
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001"), one, two)).problem).toContain("leaves open TOY-002");
});

test("rows of the wire may stay open once nothing of the contract passes", () => {
  const wire = rowResult("WIRE-005", { status: "INCONCLUSIVE", reason: "No MUST of the contract passed" });
  expect(judgeMutant(mutant, "mutant", run(failing("TOY-001"), wire)).problem).toBeUndefined();
});

const nothing: SourcePatch = { ...mutant, id: "throws", kills: [], message: "" };

test("a null subject passes nothing, or says what", () => {
  expect(judgeNull(nothing, run(failing("TOY-001")))).toEqual({
    id: "throws",
    kind: "null",
    mutant: nothing,
    failed: ["TOY-001"],
    blocked: 0,
  });
  expect(judgeNull(nothing, run(rowResult("TOY-001"), rowResult("TOY-002", { row: { level: "SHOULD" } }))).problem).toBe(
    "passes TOY-001 by doing nothing",
  );
  expect(judgeNull(nothing, undefined).problem).toBeUndefined();
});

test("a null subject that makes the suite itself fail is a problem of the suite", () => {
  expect(judgeNull(nothing, run(rowResult("TOY-001", { status: "HARNESS_ERROR" }))).problem).toBe("makes the suite fail in TOY-001");
});

test("a message that an author could not work with is a problem of the suite", () => {
  const checks = [{ name: "holds", holds: false, did: "asked", expected: "the ticket", got: "the ticket" }];
  const row = rowResult("TOY-001", { status: "FAIL", cases: [caseResult("TOY-001/one", { status: "FAIL", checks })] });
  expect(judgeMutant(mutant, "mutant", run(row)).problem).toContain(
    "TOY-001: the message expected and got are the same text:\nFAIL TOY-001",
  );
});

test("a patch counts where its text stands", () => {
  expect(countOccurrences("a.b.a", "a")).toBe(2);
  expect(countOccurrences("a.b.a", ".*")).toBe(0);
  expect(countOccurrences("abc", "")).toBe(0);
});
