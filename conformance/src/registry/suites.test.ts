import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Requirement } from "@flynn/sdk/kernel";
import { contractKey, wireRequirements } from "@flynn/sdk/wire";
import { describe, expect, test } from "vitest";

import liars from "../../mutants/liars.ts";
import subjectWrappers from "../../mutants/subject-wrappers.ts";
import { transportFaults } from "../../mutants/transport-faults.ts";
import sourcePatches from "../../specimen/mutants/source-patches.ts";
import { specimenSuite } from "../../specimen/suite.ts";
import { wireCases } from "../cases/wire/index.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { countOccurrences } from "../mutation/occurrences.ts";
import { contracts, findRequirement } from "./contracts.ts";
import { suiteNamed, suites } from "./suites.ts";

/** To find more than one declares misleads nobody; docs/decisions/0015. */
const WITHOUT_REFUSAL = ["skill-scanner/text-rules"];

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

function duplicates(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function rowsOf(suite: SuiteDefinition): readonly Requirement[] {
  return [...wireRequirements, ...suite.contract.requirements];
}

function casesOf(suite: SuiteDefinition): SuiteDefinition["cases"] {
  return [...wireCases(suite), ...suite.cases];
}

test("every contract that is listed can be judged, and is found under its names", () => {
  expect(suites.map(({ contract }) => contract)).toEqual(contracts);
  for (const suite of suites) {
    expect(suiteNamed(suite.contract.name)).toBe(suite);
    expect(suiteNamed(contractKey(suite.contract))).toBe(suite);
  }
  expect(suiteNamed("nothing")).toBeUndefined();
});

test("no two contracts share an id, and every id is found with its owner", () => {
  const owned = contracts.flatMap((contract) => contract.requirements.map((row) => [row.id, contractKey(contract)] as const));
  const ids = [...wireRequirements.map((row) => row.id), ...owned.map(([id]) => id)];
  expect(duplicates(ids)).toEqual([]);
  for (const [id, owner] of owned) expect(findRequirement(id)).toMatchObject({ requirement: { id }, owner });
  expect(findRequirement("WIRE-001")?.owner).toBe("wire");
});

describe.each(suites.map((suite) => [suite.contract.name, suite] as const))("%s", (_name, suite) => {
  const { contract } = suite;

  test("every row that can be tested has a case, and every case has its row", () => {
    const cases = casesOf(suite);
    const without = contract.requirements.filter((row) => row.untestable === undefined && !cases.some((one) => one.requirement === row.id));
    expect(without.map(({ id }) => id)).toEqual([]);
    const ids = rowsOf(suite).map(({ id }) => id);
    expect(cases.filter((one) => !ids.includes(one.requirement)).map(({ id }) => id)).toEqual([]);
    const untestable = rowsOf(suite).filter((row) => row.untestable !== undefined);
    expect(cases.filter((one) => untestable.some(({ id }) => id === one.requirement))).toEqual([]);
  });

  test("no two cases share an id, and no case expects a check twice", () => {
    const cases = casesOf(suite);
    expect(duplicates(cases.map(({ id }) => id))).toEqual([]);
    for (const one of cases) expect(duplicates(one.expects), one.id).toEqual([]);
  });

  test("what a row stands on is there, can be tested, and does not stand on it", () => {
    const rows = new Map(rowsOf(suite).map((row) => [row.id, row]));
    const ancestors = (id: string, path: readonly string[]): void => {
      expect(path, `${id} stands on itself`).not.toContain(id);
      const row = rows.get(id);
      expect(row, `${path.at(-1)} stands on ${id}, which is not there`).toBeDefined();
      expect(row?.untestable, `${path.at(-1)} stands on ${id}, which cannot be tested`).toBeUndefined();
      for (const before of row?.after ?? []) ancestors(before, [...path, id]);
    };
    for (const { id, untestable } of rows.values()) if (untestable === undefined) ancestors(id, []);
  });

  test("a row names methods and ports that the contract has", () => {
    const members = [...Object.keys(contract.methods), ...Object.keys(contract.ports)];
    for (const row of contract.requirements) expect(members, row.id).toEqual(expect.arrayContaining([...row.uses]));
  });

  test("at most one row in twenty is entangled with another", () => {
    const entangled = contract.requirements.filter((row) => row.entangled !== undefined);
    expect(entangled.length).toBeLessThanOrEqual(contract.requirements.length * 0.05);
  });

  test("every flag has rows, a row for its refusal or a reason for none, and liars; and no row names another flag", () => {
    for (const row of contract.requirements) if (row.flag !== undefined) expect(contract.flags).toContain(row.flag.replace("!", ""));
    for (const method of Object.values(contract.methods)) if (method.flag !== undefined) expect(contract.flags).toContain(method.flag);
    for (const flag of contract.flags) {
      const own = contract.requirements.filter((row) => row.flag === flag);
      const ids = own.map(({ id }) => id);
      const roots = own.filter(({ after = [] }) => !after.some((id) => ids.includes(id))).map(({ id }) => id);
      const refusals = contract.requirements.filter((row) => row.flag === `!${flag}`).map(({ id }) => id);
      const hasRefusal = !WITHOUT_REFUSAL.includes(`${contract.name}/${flag}`);
      expect([roots.length > 0, refusals.length]).toEqual([true, hasRefusal ? 1 : 0]);
      expect(liars.find(({ id }) => id === `claims-${flag}-of-${contract.name}`)?.kills).toEqual(roots);
      expect(liars.find(({ id }) => id === `hides-${flag}-of-${contract.name}`)?.kills).toEqual(hasRefusal ? refusals : undefined);
    }
  });
});

test("nothing that a case can reach imports a test runner", () => {
  const files = ["src", "specimen", "mutants"].flatMap((folder) =>
    readdirSync(`${PACKAGE}/${folder}`, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  );
  const own = files.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("src/bind/"));
  expect(own).toContain("specimen/cases/acquire.ts");
  const importing = own.filter((path) =>
    /from "(vitest|node:test)"|import\("(vitest|node:test)"\)/u.test(readFileSync(`${PACKAGE}/${path}`, "utf8")),
  );
  expect(importing).toEqual([]);
});

describe("the mutants of the specimen", () => {
  const all = [...sourcePatches, ...subjectWrappers, ...transportFaults, ...liars.filter(({ id }) => id.endsWith("-of-specimen"))];

  test.each(sourcePatches.map((patch) => [patch.id, patch] as const))("%s matches its file exactly once, and changes it", (_id, patch) => {
    const source = readFileSync(`${PACKAGE}/specimen/${patch.file}`, "utf8");
    expect(countOccurrences(source, patch.find)).toBe(1);
    expect(patch.replace).not.toBe(patch.find);
  });

  test("have ids of their own, and say which rows they fail with which words", () => {
    expect(duplicates(all.map(({ id }) => id))).toEqual([]);
    const ids = rowsOf(specimenSuite).map(({ id }) => id);
    for (const mutant of all) {
      expect(mutant.kills.length, mutant.id).toBeGreaterThan(0);
      expect(ids, mutant.id).toEqual(expect.arrayContaining([...mutant.kills]));
      expect(mutant.message, mutant.id).not.toBe("");
    }
  });

  test("leave no row unguarded: each has one that claims it alone", () => {
    const alone = new Set(all.filter(({ kills }) => kills.length === 1).flatMap(({ kills }) => kills));
    const unguarded = rowsOf(specimenSuite).filter(
      (row) => row.untestable === undefined && row.entangled === undefined && !alone.has(row.id),
    );
    expect(unguarded.map(({ id }) => id)).toEqual([]);
  });
});
