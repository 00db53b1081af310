import { allTextRules } from "./all-text-rules.ts";
import type { Example, Subject } from "./text-rule.ts";

/** What is known of a rule about texts beyond its entry in the catalogue. */
export interface RuleExample extends Example {
  readonly ruleId: string;
  readonly subject: Subject;
  /** In lower case; where none of them stands, the rule finds nothing. Each costs time where it stands. */
  readonly anchors: readonly string[];
}

export const ruleExamples: readonly RuleExample[] = allTextRules.map(({ info, example, subject, triggers }) => ({
  ruleId: info.id,
  subject,
  anchors: triggers.flatMap(({ anchors }) => anchors),
  ...example,
}));
