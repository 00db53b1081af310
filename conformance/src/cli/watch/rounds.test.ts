import { expect, test } from "vitest";

import type { ContractReport } from "../../report/report-schema.ts";
import { playRound } from "./rounds.ts";
import type { RowKeys } from "./rounds.ts";

type Rows = Readonly<Record<string, ContractReport["rows"][number]["status"]>>;

const runOf = (rows: Rows): readonly ContractReport[] => [
  { contract: "toy@1", rows: Object.entries(rows).map(([id, status]) => ({ id, status })) } as unknown as ContractReport,
];

/** Plays one round in which each judging gives the next of these, and tells what was done. */
async function play(
  before: readonly string[],
  ...judged: readonly (Rows | Error | "changed")[]
): Promise<{ log: string[]; after: RowKeys }> {
  const log: string[] = [];
  const left = [...judged];
  const stop = new AbortController();
  const after = await playRound(new Set(before), stop.signal, {
    judge: async (rows) => {
      log.push(rows ? `judge ${[...rows].join(", ")}` : "judge all");
      const next = left.shift() ?? {};
      if (next instanceof Error) throw next;
      if (next === "changed") {
        stop.abort();
        return runOf({});
      }
      return runOf(next);
    },
    showFailedFirst: () => void log.push("show what failed"),
    showWhole: async () => void log.push("show all"),
    showProblem: (error) => void log.push(`problem: ${(error as Error).message}`),
  });
  return { log, after };
}

test("without a failure of before everything is judged, and what fails is where the next round begins", async () => {
  const { log, after } = await play([], { "TOY-001": "PASS", "TOY-002": "FAIL", "TOY-003": "WARN", "TOY-004": "INCONCLUSIVE" });
  expect(log).toEqual(["judge all", "show all"]);
  expect([...after]).toEqual(["toy@1 TOY-002", "toy@1 TOY-003"]);
});

test("what failed before comes first, and then everything", async () => {
  const { log, after } = await play(["toy@1 TOY-002"], { "TOY-002": "PASS" }, { "TOY-001": "PASS", "TOY-002": "PASS" });
  expect(log).toEqual(["judge toy@1 TOY-002", "show what failed", "judge all", "show all"]);
  expect([...after]).toEqual([]);
});

test("rows of the wire need whole sessions, so they are no beginning", async () => {
  expect([...(await play([], { "WIRE-003": "FAIL", "TOY-001": "INCONCLUSIVE" })).after]).toEqual([]);
});

test("a change in its middle ends the round unseen, and nothing is forgotten", async () => {
  const first = await play(["toy@1 TOY-002"], "changed");
  expect(first.log).toEqual(["judge toy@1 TOY-002"]);
  expect([...first.after]).toEqual(["toy@1 TOY-002"]);
  const second = await play(["toy@1 TOY-002"], { "TOY-002": "PASS" }, "changed");
  expect(second.log).toEqual(["judge toy@1 TOY-002", "show what failed", "judge all"]);
  expect([...second.after]).toEqual(["toy@1 TOY-002"]);
});

test("a subject that cannot be judged is said, and the next change finds what failed before it", async () => {
  const { log, after } = await play(["toy@1 TOY-002"], new Error("it does not load"));
  expect(log).toEqual(["judge toy@1 TOY-002", "problem: it does not load"]);
  expect([...after]).toEqual(["toy@1 TOY-002"]);
});
