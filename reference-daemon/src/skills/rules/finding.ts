import type { Finding, RuleInfo } from "@flynn/sdk/skill-scanner";

import { printable } from "../../text/printable.ts";
import type { TextPosition } from "../text-position.ts";
import { redactedSlice } from "../text-rules/redaction.ts";

export interface FindingDetails {
  /** As in the inventory; empty for the skill as a whole. */
  readonly path: string;
  /** What was found here, as a sentence without its full stop. Nothing from the skill goes in unescaped. */
  readonly what: string;
  readonly position?: TextPosition | undefined;
  /** Text from the skill; credentials in it are replaced here, and it is escaped and cut. */
  readonly evidence?: string | undefined;
  /** Whether something secret was taken out of the evidence already. */
  readonly isRedacted?: boolean;
}

/** The only way to make a finding: id, category, severity and action come from the catalogue. */
export function finding(rule: RuleInfo, { path, what, position, evidence = "", isRedacted = false }: FindingDetails): Finding {
  const shown = redactedSlice(evidence, 0, evidence.length);
  return {
    ruleId: rule.id,
    category: rule.category,
    severity: rule.severity,
    action: rule.action,
    path,
    line: position?.line ?? null,
    column: position?.column ?? null,
    message: `${what}. ${rule.fix}`,
    evidence: { text: printable(shown.text), redacted: isRedacted || shown.isRedacted },
  };
}
