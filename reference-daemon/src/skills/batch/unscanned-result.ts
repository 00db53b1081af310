import type { Finding, ScanResult, ScannerInfo } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";
import { ScanLedger } from "../scan-ledger.ts";

/** The result of a skill that no scan came to the end of: a rejection that says why. */
export function unscannedResult(scanner: ScannerInfo, reason: Finding): ScanResult {
  const ledger = new ScanLedger();
  ledger.report(reason);
  ledger.markIncomplete();
  return ledger.result(scanner, { skillName: undefined, entries: [], now: 0 });
}

export function lostInWorker(what: string): Finding {
  return finding(treeRules.internalError, { path: "", what });
}
