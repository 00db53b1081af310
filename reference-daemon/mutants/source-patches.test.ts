import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { elevationGateRequirements } from "@flynn/sdk/elevation-gate";
import { skillScannerRequirements } from "@flynn/sdk/skill-scanner";
import { describe, expect, it } from "vitest";

import elevationGateMutants from "./elevation-gate.ts";
import skillScannerMutants from "./skill-scanner.ts";

describe.each([
  ["scanner", skillScannerMutants, skillScannerRequirements],
  ["gate", elevationGateMutants, elevationGateRequirements],
] as const)("the mutants of the reference %s", (_name, mutants, requirements) => {
  const rows = requirements.map(({ id }) => id);
  // What a row asks of a scanner without a flag, the reference cannot break: it has them all, and a liar hides each.
  const testable = requirements
    .filter(({ untestable, flag = "" }) => untestable === undefined && !flag.startsWith("!"))
    .map(({ id }) => id);

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
