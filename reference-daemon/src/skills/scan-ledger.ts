import { treeDigest } from "@flynn/sdk/skill-scanner";
import type { Finding, InventoryEntry, ScanResult, ScannerInfo } from "@flynn/sdk/skill-scanner";

import { compareBytes } from "./byte-order.ts";
import { RuleActions } from "./policy/rule-actions.ts";
import { INCOMPLETE_CATEGORIES } from "./rules/rule.ts";
import { applySuppressions } from "./suppression/apply-suppressions.ts";
import type { RequestSuppressions } from "./suppression/apply-suppressions.ts";
import { verdictOf } from "./verdict.ts";

/** Collects what one scan saw, and makes the result of it. */
export class ScanLedger {
  readonly #inventory: InventoryEntry[] = [];
  readonly #findings: Finding[] = [];
  readonly #actions: RuleActions;
  #complete = true;

  constructor(actions: RuleActions = new RuleActions()) {
    this.#actions = actions;
  }

  enter(entry: InventoryEntry): void {
    this.#inventory.push(entry);
  }

  report(finding: Finding): void {
    this.#findings.push(this.#actions.applyTo(finding));
    if (INCOMPLETE_CATEGORIES.includes(finding.category)) this.#complete = false;
  }

  /** Something was not read or listed, and a finding of another category says so. */
  markIncomplete(): void {
    this.#complete = false;
  }

  get paths(): readonly string[] {
    return this.#inventory.map((entry) => entry.path);
  }

  /** What stands at this path, or null if nothing does. */
  kindOf(path: string): InventoryEntry["kind"] | null {
    return this.#inventory.find((entry) => entry.path === path)?.kind ?? null;
  }

  result(scanner: ScannerInfo, suppressions: RequestSuppressions): ScanResult {
    const inventory = this.#inventory.toSorted((a, b) => compareBytes(a.path, b.path));
    const { findings, suppressed } = applySuppressions(this.#findings.toSorted(inReadingOrder), inventory, suppressions);
    return {
      schema: "skill-scan/1",
      verdict: verdictOf(this.#complete, findings),
      complete: this.#complete,
      treeDigest: this.#complete ? treeDigest(inventory) : null,
      scanner,
      inventory,
      findings,
      suppressed,
    };
  }
}

function inReadingOrder(a: Finding, b: Finding): number {
  return (
    compareBytes(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareBytes(a.ruleId, b.ruleId) ||
    compareBytes(a.evidence.text, b.evidence.text) ||
    compareBytes(a.message, b.message)
  );
}
