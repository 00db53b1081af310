import { skillFixtures } from "@flynn/fixtures/skills";
import { skillScannerRequirements } from "@flynn/sdk/skill-scanner";
import { describe, expect, it } from "vitest";

import { skillScannerCases } from "./index.ts";

const fixtures = [...skillFixtures().values()];
const words = new Set(skillScannerCases.flatMap(({ id, title, expects }) => [...id.split("/"), ...expects, ...title.split(/[ ,:]+/u)]));

describe("the cases of SkillScanner", () => {
  it("have ids of their own", () => {
    const ids = skillScannerCases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("belong to rows, and every row that can be tested has one", () => {
    const testable = skillScannerRequirements.filter(({ untestable }) => untestable === undefined).map(({ id }) => id);
    expect([...new Set(skillScannerCases.map(({ requirement }) => requirement))].toSorted()).toEqual(testable);
  });

  it.each(["SCAN-005", "SCAN-016", "SCAN-028", "SCAN-029"])(
    "bring witnesses where %s says that something does not happen",
    (requirement) => {
      expect(skillScannerCases.some((definition) => definition.requirement === requirement && definition.negative)).toBe(true);
    },
  );

  it("use every hostile fixture", () => {
    expect(fixtures.filter(({ kind, id }) => kind === "hostile" && !words.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("use every benign fixture, as a twin or for its own sake", () => {
    const twins = new Set(fixtures.map(({ twin }) => twin));
    expect(fixtures.filter(({ kind, id }) => kind === "benign" && !words.has(id) && !twins.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
