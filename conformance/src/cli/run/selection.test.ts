import { expect, test } from "vitest";

import { toySuite } from "../../../test/toy-suite.ts";
import { row } from "../../../test/rows.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { idPattern } from "../id-pattern.ts";
import type { RunFlags } from "./run-flags.ts";
import { nearest } from "../nearest.ts";
import { selectionOf } from "./selection.ts";
import { UsageError } from "../usage-error.ts";

const requirements = [
  row("TOY-001"),
  row("TOY-002", { level: "SHOULD" }),
  row("TOY-011", { flag: "loud" }),
  row("TOY-012", { flag: "!loud" }),
  row("TOY-020", { untestable: "Nobody can look into its memory." }),
];
const suite: SuiteDefinition = { ...toySuite, contract: { ...toySuite.contract, requirements } };

function selected(flags: Partial<Pick<RunFlags, "only" | "level" | "capability">>): readonly string[] | undefined {
  const selection = selectionOf({ only: [], capability: [], ...flags }, [suite]);
  return selection && requirements.filter(selection).map(({ id }) => id);
}

function refusal(flags: Partial<Pick<RunFlags, "only" | "level" | "capability">>): UsageError {
  try {
    selected(flags);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("It was not refused");
}

test("without a flag nothing is left out", () => {
  expect(selected({})).toBeUndefined();
});

test("an id, several, a list and a pattern select", () => {
  expect(selected({ only: ["TOY-001"] })).toEqual(["TOY-001"]);
  expect(selected({ only: ["TOY-001", "TOY-011"] })).toEqual(["TOY-001", "TOY-011"]);
  expect(selected({ only: ["TOY-001,TOY-012"] })).toEqual(["TOY-001", "TOY-012"]);
  expect(selected({ only: ["TOY-01*"] })).toEqual(["TOY-011", "TOY-012"]);
  expect(selected({ only: ["*2"] })).toEqual(["TOY-002", "TOY-012"]);
  expect(selected({ only: ["WIRE-008"] })).toEqual([]);
});

test("level and capability narrow it down, a capability with its refusal", () => {
  expect(selected({ level: "SHOULD" })).toEqual(["TOY-002"]);
  expect(selected({ capability: ["loud"] })).toEqual(["TOY-011", "TOY-012"]);
  expect(selected({ capability: ["loud"], only: ["*2"] })).toEqual(["TOY-012"]);
});

test("what matches nothing is a mistake that is named, with a guess", () => {
  expect(refusal({ only: ["TOY-0001"] })).toMatchObject({ message: "--only TOY-0001 matches no requirement; did you mean TOY-001?" });
  expect(refusal({ only: ["toy-002"] }).message).toContain("did you mean TOY-002?");
  expect(refusal({ only: ["NOTHING-LIKE-IT*"] }).message).toBe("--only NOTHING-LIKE-IT* matches no requirement");
  expect(refusal({ only: ["TOY-001", "TOY-9*"] }).message).toContain("TOY-9*");
  expect(refusal({ only: [""] }).message).toContain("matches no requirement");
  expect(refusal({ capability: ["quiet"] })).toMatchObject({
    message: "There is no capability quiet",
    next: "The capabilities are: loud.",
  });
});

test("so is a selection of which each part matches and the whole does not", () => {
  expect(refusal({ only: ["TOY-001"], level: "SHOULD" }).message).toContain("No requirement is left");
});

test("a row that no case can show cannot be asked for alone", () => {
  expect(refusal({ only: ["TOY-020"] }).message).toBe("TOY-020 cannot be tested: Nobody can look into its memory.");
  expect(selected({ only: ["TOY-0*"] })).toContain("TOY-001");
});

test("a pattern is no regular expression", () => {
  expect(idPattern("A.*").test("AB")).toBe(false);
  expect(idPattern("A.*").test("A.B")).toBe(true);
  expect(idPattern("(a+)+$*").test("(a+)+$!")).toBe(true);
  expect(idPattern("A").test("AB")).toBe(false);
});

test("a guess is near, or there is none", () => {
  const known = ["skill-scanner", "specimen"];
  expect(nearest("skil-scaner", known)).toBe("skill-scanner");
  expect(nearest("Specimen", known)).toBe("specimen");
  expect(nearest("elevation", known)).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
