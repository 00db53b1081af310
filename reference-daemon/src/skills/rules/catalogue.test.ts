import { ruleInfoSchema } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { allTextRules } from "../text-rules/all-text-rules.ts";
import { ruleCatalogue, rulesVersion } from "./catalogue.ts";
import { rulesVersionOf } from "./rules-version.ts";

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

describe("the version of the rules", () => {
  const rule = { info: { summary: "One." }, triggers: [{ anchors: ["one"], pattern: /one/u }] };
  const withTrigger = (change: object): object => ({ ...rule, triggers: rule.triggers.map((trigger) => ({ ...trigger, ...change })) });

  test.each<[string, readonly object[]]>([
    ["a rule more", [rule, rule]],
    ["other words", [{ ...rule, info: { summary: "Another." } }]],
    ["another anchor", [withTrigger({ anchors: ["two"] })]],
    ["another pattern", [withTrigger({ pattern: /two/u })]],
    ["another flag of a pattern", [withTrigger({ pattern: /one/iu })]],
  ])("changes with %s", (_what, changed) => {
    expect(rulesVersionOf(changed)).not.toBe(rulesVersionOf([rule]));
  });

  test("is the same for the same rules, and that of all rules there are", () => {
    expect(rulesVersionOf([withTrigger({})])).toBe(rulesVersionOf([rule]));
    expect(rulesVersion).toBe(rulesVersionOf([...ruleCatalogue, ...allTextRules]));
  });
});
