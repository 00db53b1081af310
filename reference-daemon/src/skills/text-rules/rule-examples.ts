import { allTextRules } from "./all-text-rules.ts";
import type { Example, Subject } from "./text-rule.ts";

/** What a page about a rule shows beyond its entry in the catalogue. */
export interface RuleExample extends Example {
  readonly ruleId: string;
  readonly subject: Subject;
}

export const ruleExamples: readonly RuleExample[] = allTextRules.map(({ info, example, subject }) => ({
  ruleId: info.id,
  subject,
  ...example,
}));
