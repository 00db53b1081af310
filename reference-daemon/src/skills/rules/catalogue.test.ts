import { ruleInfoSchema } from "@flynn/sdk/skill-scanner";
import { expect, test } from "vitest";

import { ruleCatalogue, rulesVersion } from "./catalogue.ts";

test("every rule is in the catalogue once, in the contract's shape", () => {
  const ids = ruleCatalogue.map((rule) => ruleInfoSchema.parse(rule).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(40);
});

test("summaries and fixes are sentences", () => {
  for (const { summary, fix } of ruleCatalogue) {
    for (const sentence of [summary, fix]) expect(sentence).toMatch(/^[A-Z].*\.$/u);
  }
});

test("the version of the rules changes with them", () => {
  expect(rulesVersion).toMatch(/^\d+\.[0-9a-f]{12}$/u);
});
