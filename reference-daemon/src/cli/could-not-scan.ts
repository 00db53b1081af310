import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { treeRules } from "../skills/rules/tree-rules.ts";

const NOT_SEEN = [treeRules.rootUnusable, treeRules.unreadable, treeRules.changed, treeRules.internalError].map(({ id }) => id);

/**
 * Whether something of the skill was not seen: it is missing, may not be read, changed meanwhile, or the scanner failed. Nobody
 * knows then what the skill is like, which is not the same as knowing that it is bad.
 */
export function couldNotScan({ findings }: Pick<ScanResult, "findings">): boolean {
  return findings.some(({ ruleId }) => NOT_SEEN.includes(ruleId));
}
