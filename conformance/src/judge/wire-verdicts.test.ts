import { expect, test } from "vitest";

import { specimenContract } from "../../specimen/definition.ts";
import { caseResult, rowResult } from "../../test/rows.ts";
import type { Violation } from "../wire/violation.ts";
import type { CaseResult, RowResult } from "./results.ts";
import { judgeWireRows } from "./wire-verdicts.ts";

const seen = { frames: 120, sessions: 3 };
const witness = rowResult("A-001");

function violation(requirement: string, members: Partial<Violation> = {}): Violation {
  const said = { did: "sent `open`", expected: "a frame", got: "a banner" };
  return { requirement, diagnosis: "stdout-noise", ...said, caseId: "A-001/test", ...members };
}

function judge(rows: readonly RowResult[], violations: readonly Violation[] = [], contract = specimenContract): readonly RowResult[] {
  return judgeWireRows(rows, contract, violations, seen);
}

test("without a violation a row of the wire passes, on the strength of a MUST that passed", () => {
  const [row] = judge([rowResult("WIRE-002"), witness]);
  expect(row).toMatchObject({ status: "PASS", evidence: "120 frames in 3 sessions were looked at, in which A-001 passed" });
});

test("where no MUST of the contract passed, nothing is shown", () => {
  for (const other of [
    rowResult("A-001", { status: "FAIL" }),
    rowResult("A-001", { row: { level: "SHOULD" } }),
    rowResult("WIRE-001"),
    rowResult("A-001", { status: "N/A" }),
  ]) {
    expect(judge([rowResult("WIRE-002"), other])[0]?.status).toBe("INCONCLUSIVE");
  }
});

test("a violation fails its own row and no other, and says when it was seen and what to do", () => {
  const [broken, sound, own] = judge([rowResult("WIRE-002"), rowResult("WIRE-003"), witness], [violation("WIRE-002")]);
  expect(broken).toMatchObject({
    status: "FAIL",
    cases: [{ id: "WIRE-002/stdout-noise", title: "seen during A-001/test", status: "FAIL", checks: [{ holds: false, got: "a banner" }] }],
  });
  expect(broken?.cases[0]?.checks[0]?.next).toContain("stderr");
  expect([sound?.status, own?.status]).toEqual(["PASS", "PASS"]);
});

test("a violation between cases says so, and it fails also a row whose own case passed or waits", () => {
  for (const status of ["PASS", "INCONCLUSIVE", "NOT_RUN"] as const) {
    const own = caseResult("WIRE-009/exits-after-use");
    const [row] = judge([rowResult("WIRE-009", { status, cases: [own] }), witness], [violation("WIRE-009", { caseId: null })]);
    expect(row?.status).toBe("FAIL");
    expect(row?.cases.map(({ title }) => title)).toEqual([own.title, "seen between cases"]);
  }
});

test("each kind is one case, whose id no other has, with three of its places at most and one fingerprint for all of them", () => {
  const places = Array.from({ length: 8 }, (_, index) => violation("WIRE-002", { did: `sent request ${"abcdefg"[index % 7]}` }));
  const other = violation("WIRE-002", { diagnosis: "unflushed-line" });
  const casesOf = (seen: readonly Violation[]): readonly CaseResult[] => judge([rowResult("WIRE-002"), witness], seen)[0]?.cases ?? [];
  const cases = casesOf([...places, other]);
  expect(cases.map(({ id, checks }) => [id, checks.length])).toEqual([
    ["WIRE-002/stdout-noise", 3],
    ["WIRE-002/unflushed-line", 1],
  ]);
  expect(casesOf(places.toReversed())[0]?.fingerprint).toBe(cases[0]?.fingerprint);
  // The eighth is the first again; without the seventh a place is missing that no report shows.
  expect(casesOf(places.slice(0, 7))[0]?.fingerprint).toBe(cases[0]?.fingerprint);
  expect(casesOf(places.slice(0, 6))[0]?.fingerprint).not.toBe(cases[0]?.fingerprint);
});

test("the transcript of the case in which it was seen comes with it, where it was kept", () => {
  const transcript = [{ direction: "from-subject", text: "a banner", atMs: 1 }] as const;
  const kept = rowResult("A-001", { cases: [caseResult("A-001/test", { transcript })] });
  expect(judge([rowResult("WIRE-002"), kept], [violation("WIRE-002")])[0]?.cases[0]?.transcript).toEqual(transcript);
});

test("rows about streams do not apply to a contract that has none, unless it broke them all the same", () => {
  const { acquire } = specimenContract.methods;
  if (!acquire) throw new Error("The specimen has no acquire");
  const contract = { ...specimenContract, methods: { acquire } };
  for (const id of ["WIRE-005", "WIRE-006"]) {
    expect(judge([rowResult(id), witness], [], contract)[0]).toMatchObject({ status: "N/A", reason: "The contract has no stream." });
    expect(judge([rowResult(id), witness], [violation(id)], contract)[0]?.status).toBe("FAIL");
    expect(judge([rowResult(id), witness])[0]?.status).toBe("PASS");
  }
});

test("rows of the contract are left as they are", () => {
  const row = rowResult("A-001", { status: "FAIL" });
  expect(judge([row], [violation("A-001")])).toEqual([row]);
});
