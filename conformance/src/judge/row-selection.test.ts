import { expect, test } from "vitest";

import { row, rowResult } from "../../test/rows.ts";
import { withBlockers, withPrerequisites } from "./row-selection.ts";

const root = row("WIRE-001");
const wire = row("WIRE-008");
const first = row("A-001");
const second = row("A-002", { after: ["A-001"] });
const third = row("A-003", { after: ["A-002"] });
const renews = row("A-004", { flag: "renew" });
const refuses = row("A-005", { flag: "!renew", after: ["A-001"] });
const all = [root, wire, first, second, third, renews, refuses];

test("a row brings all that it stands on, and the root", () => {
  expect(withPrerequisites([third], all)).toEqual([root, first, second, third]);
  expect(withPrerequisites([first], all)).toEqual([root, first]);
});

test("the row of a capability brings its refusal, with what that stands on", () => {
  expect(withPrerequisites([renews], all)).toEqual([root, first, renews, refuses]);
});

test("a row of the wire brings everything, because it is judged from everything", () => {
  expect(withPrerequisites([wire], all)).toEqual(all);
  expect(withPrerequisites([root, first], all)).toEqual(all);
});

test("what stands in the way of a selected row is shown with it, down to the root of it", () => {
  const failed = rowResult("A-001", { status: "FAIL" });
  const waits = rowResult("A-002", { status: "INCONCLUSIVE", blockedBy: "A-001" });
  const selected = rowResult("A-003", { status: "INCONCLUSIVE", blockedBy: "A-002" });
  const other = rowResult("A-004", { status: "FAIL" });
  expect([...withBlockers([selected], [failed, waits, selected, other])]).toEqual([selected, waits, failed]);
});

test("a row that holds is no hindrance, though a control that belongs to it did not", () => {
  const holds = rowResult("A-001");
  const selected = rowResult("A-002", { status: "INCONCLUSIVE", blockedBy: "A-001" });
  expect([...withBlockers([selected], [holds, selected])]).toEqual([selected]);
});
