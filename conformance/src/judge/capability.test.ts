import { expect, test } from "vitest";

import { rowResult } from "../../test/rows.ts";
import { judgeCapability, needsProbe } from "./capability.ts";
import type { Probe } from "./capability.ts";
import type { RowResult } from "./results.ts";

type Status = RowResult["status"];

const own = (id: string, status: Status): RowResult => rowResult(id, { status, row: { flag: "loud" } });
const refusal = (status: Status): RowResult => rowResult("TOY-009", { status, row: { flag: "!loud" } });
const other = rowResult("TOY-001", { status: "FAIL" });

/** Declared or not, what the rows say, what a probe says; what it comes to. */
const table: readonly (readonly [string, boolean, readonly RowResult[], Probe | undefined, string, string])[] = [
  ["declared, and its rows hold", true, [own("TOY-002", "PASS"), refusal("N/A")], undefined, "works", "honest"],
  ["declared, and a SHOULD of it does not hold", true, [own("TOY-002", "PASS"), own("TOY-003", "WARN")], undefined, "works", "honest"],
  ["declared, and a MUST of it fails", true, [own("TOY-002", "PASS"), own("TOY-003", "FAIL")], undefined, "does-not-work", "over-claims"],
  ["declared, and only a SHOULD was seen, not holding", true, [own("TOY-003", "WARN")], undefined, "not-shown", "not-shown"],
  ["declared, and its rows wait", true, [own("TOY-002", "INCONCLUSIVE")], undefined, "not-shown", "not-shown"],
  ["declared, and not asked about", true, [], undefined, "not-shown", "not-shown"],
  ["not declared, and refused", false, [own("TOY-002", "N/A"), refusal("PASS")], undefined, "is-refused", "absent"],
  ["not declared, not refused, and it works", false, [refusal("FAIL")], "works", "works", "under-claims"],
  ["not declared, not refused, and it does not work", false, [refusal("FAIL")], "does-not-work", "neither-works-nor-is-refused", "unclear"],
  ["not declared, not refused, and whether it works was not shown", false, [refusal("FAIL")], "not-shown", "not-shown", "not-shown"],
  ["not declared, not refused, and not tried out", false, [refusal("FAIL")], undefined, "not-shown", "not-shown"],
  ["not declared, and the refusal could not be shown", false, [refusal("INCONCLUSIVE")], undefined, "not-shown", "not-shown"],
];

test.each(table)("%s", (_title, declared, rows, probed, observed, judgement) => {
  expect(judgeCapability("loud", declared, [other, ...rows], probed)).toMatchObject({ flag: "loud", declared, observed, judgement });
});

test("only what is neither declared nor refused is tried out", () => {
  expect(needsProbe("loud", false, [refusal("FAIL")])).toBe(true);
  expect(needsProbe("loud", false, [refusal("PASS")])).toBe(false);
  expect(needsProbe("loud", true, [refusal("FAIL")])).toBe(false);
  expect(needsProbe("loud", false, [rowResult("TOY-008", { status: "FAIL", row: { flag: "!quiet" } })])).toBe(false);
});

test("the rows that show it are named", () => {
  expect(judgeCapability("loud", true, [own("TOY-002", "PASS"), refusal("N/A")]).rows).toEqual(["TOY-002"]);
  expect(judgeCapability("loud", false, [own("TOY-002", "N/A"), refusal("PASS")]).rows).toEqual(["TOY-009"]);
});
