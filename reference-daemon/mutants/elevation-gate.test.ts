import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { elevationGateRequirements } from "@flynn/sdk/elevation-gate";
import { describe, expect, it } from "vitest";

import mutants from "./elevation-gate.ts";

const rows = elevationGateRequirements.map(({ id }) => id);
const testable = elevationGateRequirements.filter(({ untestable }) => untestable === undefined).map(({ id }) => id);

describe("the mutants of the reference gate", () => {
  it("have ids of their own", () => {
    const ids = mutants.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(mutants.map((mutant) => [mutant.id, mutant] as const))("%s changes exactly one place", (_id, { file, find, replace, kills }) => {
    const source = readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), "utf8");
    expect(source.split(find).length - 1).toBe(1);
    expect(replace).not.toBe(find);
    expect(rows).toEqual(expect.arrayContaining([...kills]));
  });

  it("fail every row that can be tested, alone", () => {
    const alone = new Set(mutants.flatMap(({ kills }) => (kills.length === 1 ? kills : [])));
    expect([...alone].toSorted()).toEqual(testable);
  });
});
