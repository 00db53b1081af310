import type { Requirement } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { caseOf, caseResult, row } from "../../test/rows.ts";
import type { CaseDefinition } from "./case.ts";
import type { CaseResult, RowResult } from "./results.ts";
import { RowBoard } from "./row-board.ts";

const ROOT = "WIRE-001";

type Outcomes = Readonly<Record<string, Partial<CaseResult>>>;

/** Runs all that may run; what is not in `outcomes` passes. */
function play(
  requirements: readonly Requirement[],
  cases: readonly CaseDefinition[],
  outcomes: Outcomes = {},
  flags: Readonly<Record<string, boolean>> = {},
): { readonly ran: string[]; readonly rows: Readonly<Record<string, RowResult>> } {
  const board = new RowBoard(requirements, cases, ROOT, flags);
  const ran: string[] = [];
  for (let next = board.next(); next; next = board.next()) {
    ran.push(next.id);
    board.settle(caseResult(next.id, outcomes[next.id]), next);
  }
  expect(board.isDone).toBe(true);
  return { ran, rows: Object.fromEntries(board.results().map((result) => [result.requirement.id, result])) };
}

const root = row(ROOT);
const rootCase = caseOf(ROOT);

test("every row stands on the root, and is run once it has passed", () => {
  const { ran, rows } = play([row("A-001"), root], [caseOf("A-001"), rootCase]);
  expect(ran).toEqual(["WIRE-001/test", "A-001/test"]);
  expect(rows["A-001"]?.status).toBe("PASS");
});

test("nothing runs on a root that fails", () => {
  const { ran, rows } = play([root, row("A-001"), row("A-002", { after: ["A-001"] })], [rootCase, caseOf("A-001"), caseOf("A-002")], {
    "WIRE-001/test": { status: "FAIL" },
  });
  expect(ran).toEqual(["WIRE-001/test"]);
  expect(rows["A-001"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: ROOT });
  expect(rows["A-002"]?.status).toBe("INCONCLUSIVE");
});

test("a chain waits for its first broken link, row by row", () => {
  const requirements = [root, row("A-003", { after: ["A-002"] }), row("A-002", { after: ["A-001"] }), row("A-001"), row("A-004")];
  const cases = [rootCase, ...["A-001", "A-002", "A-003", "A-004"].map((id) => caseOf(id))];
  const { ran, rows } = play(requirements, cases, { "A-001/test": { status: "FAIL" } });
  expect(ran).toEqual(["WIRE-001/test", "A-001/test", "A-004/test"]);
  expect(rows["A-002"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: "A-001", reason: "It stands on A-001, which is FAIL." });
  expect(rows["A-003"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: "A-002", reason: "It stands on A-002, which is INCONCLUSIVE." });
});

for (const status of ["FAIL", "INCONCLUSIVE", "NOT_RUN", "HARNESS_ERROR"] as const) {
  test(`what stands on ${status} is not run`, () => {
    const { rows } = play([root, row("A-001"), row("A-002", { after: ["A-001"] })], [rootCase, caseOf("A-001"), caseOf("A-002")], {
      "A-001/test": { status },
    });
    expect(rows["A-001"]?.status).toBe(status);
    expect(rows["A-002"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: "A-001" });
  });
}

test("a row is as good as its worst case, and has the reason of that one", () => {
  const cases = [
    rootCase,
    caseOf("A-001", { id: "A-001/one" }),
    caseOf("A-001", { id: "A-001/two" }),
    caseOf("A-001", { id: "A-001/three" }),
  ];
  const { rows } = play([root, row("A-001")], cases, {
    "A-001/one": { status: "INCONCLUSIVE", reason: "first", blockedBy: "A-009" },
    "A-001/two": { status: "FAIL", reason: "second" },
  });
  expect(rows["A-001"]).toMatchObject({ status: "FAIL", reason: "second" });
  expect(rows["A-001"]?.blockedBy).toBeUndefined();
  expect(rows["A-001"]?.cases.map(({ id }) => id)).toEqual(["A-001/one", "A-001/two", "A-001/three"]);
});

test("the failure of a SHOULD is a warning, and its error of the suite is none", () => {
  const requirements = [root, row("A-001", { level: "SHOULD" }), row("A-002", { level: "SHOULD" })];
  const { rows } = play(requirements, [rootCase, caseOf("A-001"), caseOf("A-002")], {
    "A-001/test": { status: "FAIL" },
    "A-002/test": { status: "HARNESS_ERROR" },
  });
  expect(rows["A-001"]?.status).toBe("WARN");
  expect(rows["A-002"]?.status).toBe("HARNESS_ERROR");
});

test("what stands on a warning waits, as it would on a failure", () => {
  const { rows } = play(
    [root, row("A-001", { level: "SHOULD" }), row("A-002", { after: ["A-001"] })],
    [rootCase, caseOf("A-001"), caseOf("A-002")],
    {
      "A-001/test": { status: "FAIL" },
    },
  );
  expect(rows["A-002"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: "A-001" });
});

test("a row without a case was not run, and one of the wire is judged later", () => {
  const { rows } = play([root, row("A-001"), row("WIRE-008"), row("A-002", { after: ["A-001"] })], [rootCase, caseOf("A-002")]);
  expect(rows["A-001"]).toMatchObject({ status: "NOT_RUN", reason: "The suite has no case for it." });
  expect(rows["WIRE-008"]?.status).toBe("PASS");
  expect(rows["A-002"]).toMatchObject({ status: "INCONCLUSIVE", blockedBy: "A-001" });
});

const gated = [root, row("A-001", { flag: "renew" }), row("A-002", { flag: "!renew" }), row("A-003", { after: ["A-001"] })];
const gatedCases = [rootCase, caseOf("A-001"), caseOf("A-002"), caseOf("A-003")];

test("a capability that is declared brings in its rows and takes out its refusal", () => {
  const { ran, rows } = play(gated, gatedCases, {}, { renew: true });
  expect(ran).not.toContain("A-002/test");
  expect(rows["A-002"]).toMatchObject({ status: "N/A", reason: "The subject declares renew." });
  expect(rows["A-001"]?.status).toBe("PASS");
});

test("one that is not declared is refused, and what stands on it is run all the same", () => {
  for (const flags of [{}, { renew: false }]) {
    const { ran, rows } = play(gated, gatedCases, {}, flags);
    expect(rows["A-001"]).toMatchObject({ status: "N/A", reason: "The subject does not declare renew." });
    expect(rows["A-002"]?.status).toBe("PASS");
    expect(ran).toContain("A-003/test");
  }
});

test("a row that only the machine kept from running is a host limit, one with any other reason is not", () => {
  const cases = [
    rootCase,
    caseOf("A-001", { id: "A-001/one" }),
    caseOf("A-001", { id: "A-001/two" }),
    caseOf("A-002", { id: "A-002/one" }),
    caseOf("A-002", { id: "A-002/two" }),
  ];
  const { rows } = play([root, row("A-001"), row("A-002")], cases, {
    "A-001/one": { status: "NOT_RUN", isHostLimit: true, reason: "no FIFO" },
    "A-002/one": { status: "NOT_RUN", isHostLimit: true, reason: "no FIFO" },
    "A-002/two": { status: "NOT_RUN", reason: "add --real-clock" },
  });
  expect(rows["A-001"]).toMatchObject({ status: "NOT_RUN", isHostLimit: true, reason: "no FIFO" });
  expect(rows["A-002"]?.isHostLimit).toBeUndefined();
});

test("a run that ends early says so of what it did not come to", () => {
  const board = new RowBoard([root, row("A-001")], [rootCase, caseOf("A-001")], ROOT, {});
  expect(board.isDone).toBe(false);
  expect(board.results()).toMatchObject([
    { status: "NOT_RUN", reason: "The run ended before it." },
    { status: "NOT_RUN", reason: "The run ended before it." },
  ]);
});
