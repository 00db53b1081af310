import type { Category, RuleInfo } from "@flynn/sdk/skill-scanner";

/** What a rule is about decides its category; what stands in the table decides the rest. */
export function defineRules<const Key extends string>(rules: Record<Key, RuleInfo>): Readonly<Record<Key, RuleInfo>> {
  return Object.freeze(rules);
}

/** Categories whose findings mean that something was not read: the scan is incomplete with any of them. */
export const INCOMPLETE_CATEGORIES: readonly Category[] = ["size", "coverage", "internal"];
