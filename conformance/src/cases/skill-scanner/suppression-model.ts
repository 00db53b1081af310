import type { Finding, HostSuppression, RuleInfo, ScanResult } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { findingsOf } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { describeSuppressed, maySuppress } from "./suppressible.ts";

/** What a skill's request without suppressions found, and the ones that a host adds. */
export interface Suppressing {
  readonly found: ScanResult;
  readonly rules: readonly RuleInfo[];
  readonly skillName: string;
  readonly entries: readonly HostSuppression[];
  /** Of the wall clock, in Unix milliseconds. */
  readonly now: number;
}

interface Outcome {
  readonly left: readonly Finding[];
  /** Each with the reasons of all entries that stand for it: any of them will do. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reasons: readonly string[] }[];
}

/** By the contract's own words: rule, skill, path and digest are the ones named, the entry has not expired, and the category allows it. */
function outcomeOf({ found, rules, skillName, entries, now }: Suppressing): Outcome {
  const digests = new Map(found.inventory.map(({ path, sha256 }) => [path, sha256]));
  const judged = found.findings.map((finding) => ({
    finding,
    reasons: entries
      .filter(
        ({ rule, skill, path, digest, expires }) =>
          rule === finding.ruleId &&
          skill === skillName &&
          path === finding.path &&
          digest === digests.get(path) &&
          now < Date.parse(expires) &&
          maySuppress(finding, rules),
      )
      .map(({ reason }) => reason),
  }));
  return {
    left: judged.filter(({ reasons }) => reasons.length === 0).map(({ finding }) => finding),
    suppressed: judged.filter(({ reasons }) => reasons.length > 0),
  };
}

/** A note about the skill as a whole may count the others. */
export const isOfFile = ({ path, action }: Finding): boolean => path !== "" || action !== "note";

/** Checks both lists of a result. */
export function checkOutcome(context: CaseContext, name: string, did: string, scanned: Scanned, suppressing: Suppressing): void {
  const { left, suppressed } = outcomeOf(suppressing);
  const listed = scanned.ok ? scanned.value.suppressed : [];
  const isLeft = JSON.stringify(findingsOf(scanned).filter(isOfFile)) === JSON.stringify(left.filter(isOfFile));
  const unmatched = [...listed];
  const isListed = suppressed.every(({ finding, reasons }) => {
    const at = unmatched.findIndex(
      ({ ruleId, path, reason }) => ruleId === finding.ruleId && path === finding.path && reasons.includes(reason),
    );
    if (at >= 0) unmatched.splice(at, 1);
    return at >= 0;
  });
  context.check(name, scanned.ok && isLeft && isListed && unmatched.length === 0, {
    did,
    expected: `${counted(left, "finding")} left, unchanged, and ${suppressed.length} suppressed: ${suppressed
      .slice(0, 4)
      .map(({ finding, reasons }) => `${finding.ruleId} at ${finding.path} (${shortened(reasons[0] ?? "")})`)
      .join("; ")}`,
    got: describeSuppressed(scanned),
  });
}

function counted(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
}

function shortened(reason: string): string {
  return reason.length <= 60 ? reason : `${reason.slice(0, 40)}… of ${reason.length} characters`;
}
