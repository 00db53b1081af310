import { expect, test } from "vitest";

import { caseResult, rowResult } from "../../test/rows.ts";
import { toySuite } from "../../test/toy-suite.ts";
import type { CapabilityResult } from "../judge/capability.ts";
import type { RowResult } from "../judge/results.ts";
import { contractReport } from "./build-report.ts";
import { brokenRows, openCases } from "./row-order.ts";

const untried = (id: string, blockedBy: string): RowResult => rowResult(id, { status: "INCONCLUSIVE", blockedBy });

/** A row that fails in one case, and has one more for each row that it waits for. */
function broken(id: string, ...waitsFor: readonly string[]): RowResult {
  const waiting = waitsFor.map((blockedBy) => caseResult(`${id}/after-${blockedBy}`, { status: "INCONCLUSIVE", blockedBy }));
  return rowResult(id, { status: "FAIL", cases: [...waiting, caseResult(`${id}/own`, { status: "FAIL" })] });
}

function ordered(rows: readonly RowResult[], capabilities: readonly CapabilityResult[] = []): readonly string[] {
  const report = contractReport(
    {
      contract: "toy@1",
      verdict: "not-conformant",
      rows,
      subject: { name: "toy", version: "1.0.0", source: "./toy.ts" },
      driver: "child",
      seed: "1",
      realClock: false,
      durationMs: 1,
      isFiltered: false,
      acceptedHostLimits: [],
      capabilities,
    },
    toySuite.contract,
  );
  return brokenRows(report).map(({ id }) => id);
}

test("the row that keeps others from being tried comes first", () => {
  const rows = [broken("TOY-001"), broken("TOY-002"), untried("TOY-003", "TOY-002"), untried("TOY-004", "TOY-002")];
  expect(ordered(rows)).toEqual(["TOY-002", "TOY-001"]);
});

test("rows that wait by way of one that was tried count for what holds that one up", () => {
  const tried = rowResult("TOY-003", {
    status: "INCONCLUSIVE",
    blockedBy: "TOY-002",
    cases: [caseResult("TOY-003/own", { status: "INCONCLUSIVE", blockedBy: "TOY-002" })],
  });
  expect(ordered([broken("TOY-001"), broken("TOY-002"), tried, untried("TOY-004", "TOY-003")])).toEqual(["TOY-002", "TOY-001"]);
});

test("what waits for the refusal of a capability that the subject does not claim counts for nothing", () => {
  const refusal = rowResult("TOY-003", {
    status: "INCONCLUSIVE",
    blockedBy: "TOY-002",
    cases: [caseResult("TOY-003/own", { status: "INCONCLUSIVE", blockedBy: "TOY-002" })],
  });
  const rows = [broken("TOY-001"), broken("TOY-002"), refusal, untried("TOY-004", "TOY-003")];
  const absent = { flag: "toys", declared: false, observed: "not-shown", judgement: "not-shown", rows: ["TOY-003"] } as const;
  expect(ordered(rows)).toEqual(["TOY-002", "TOY-001"]);
  expect(ordered(rows, [absent])).toEqual(["TOY-001", "TOY-002"]);
});

test("a row that only some cases of others wait for keeps its place", () => {
  const contrast = caseResult("TOY-004/contrast", { status: "INCONCLUSIVE", blockedBy: "TOY-003" });
  const rows = [
    broken("TOY-001"),
    broken("TOY-002"),
    broken("TOY-003"),
    rowResult("TOY-004", { status: "INCONCLUSIVE", blockedBy: "TOY-003", cases: [contrast] }),
  ];
  expect(ordered(rows)).toEqual(["TOY-001", "TOY-002", "TOY-003"]);
});

test("a row comes after those that its cases wait for", () => {
  expect(ordered([broken("TOY-001", "TOY-003"), broken("TOY-002"), broken("TOY-003")])).toEqual(["TOY-002", "TOY-003", "TOY-001"]);
});

test("rows that wait for each other are all there", () => {
  expect(ordered([broken("TOY-001", "TOY-002"), broken("TOY-002", "TOY-001")])).toEqual(["TOY-001", "TOY-002"]);
});

test("of the cases of a row, those that failed come first, and none that waits for its own row", () => {
  const cases = [
    caseResult("TOY-001/waits", { status: "INCONCLUSIVE", blockedBy: "TOY-002" }),
    caseResult("TOY-001/own", { status: "INCONCLUSIVE", blockedBy: "TOY-001" }),
    caseResult("TOY-001/passes"),
    caseResult("TOY-001/fails", { status: "FAIL" }),
  ];
  const { requirement, ...row } = rowResult("TOY-001", { status: "FAIL", cases });
  const shown = { ...row, ...requirement, specification: "", replay: "", cases: structuredClone(cases) as never };
  expect(openCases(shown).map(({ id }) => id)).toEqual(["TOY-001/fails", "TOY-001/waits"]);
});
