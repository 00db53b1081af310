import type { Category, Finding, RuleInfo } from "@flynn/sdk/skill-scanner";

import { ruleCatalogue } from "../rules/catalogue.ts";

/**
 * What these rules find is a judgement about a text, which a person can look at and find harmless. What all others find is a
 * fact about the tree, and no reading of it makes a link or a hidden byte safe.
 */
const JUDGEMENTS: readonly Category[] = ["injection", "hidden-text", "code", "autorun"];

/** Whether a host may suppress what the rule finds, or make less of it. */
export function isSuppressible({ category, suppressible = true }: Pick<RuleInfo, "category" | "suppressible">): boolean {
  return suppressible && JUDGEMENTS.includes(category);
}

const unsuppressibleRules = new Set(ruleCatalogue.filter((rule) => !isSuppressible(rule)).map(({ id }) => id));

/** Both the finding's own category and its rule have a say, and either is enough for a no. */
export function mayBeSuppressed({ ruleId, category }: Pick<Finding, "ruleId" | "category">): boolean {
  return JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId);
}
