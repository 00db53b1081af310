import type { Finding } from "@flynn/sdk/skill-scanner";

import { allTextRules } from "./all-text-rules.ts";
import { confusableFindings } from "./confusable-findings.ts";
import { RuleIndex } from "./rule-index.ts";
import { TextExamination } from "./text-examination.ts";
import type { TextToExamine } from "./text-examination.ts";

let index: RuleIndex | undefined;

/** Every finding of every text rule in one text. The index of all rules is made for the first text, and once. */
export function* examineText(text: TextToExamine): Generator<void, readonly Finding[]> {
  index ??= new RuleIndex(allTextRules);
  const findings = yield* new TextExamination(index, text).run();
  return text.isAscii ? findings : [...findings, ...confusableFindings(text)];
}
