import type { ScanResult } from "@flynn/sdk/skill-scanner";

/** Why a scanner rejects a skill, in one line: rules and places, which the scanner escapes, and nothing that it quotes. */
export function rejectionOf({ findings }: Pick<ScanResult, "findings">): string {
  const rejecting = findings.filter(({ action }) => action === "reject");
  const reasons = rejecting.map(({ ruleId, path }) => (path === "" ? ruleId : `${ruleId} at ${path}`));
  const shown = reasons.slice(0, 3).join(", ");
  const more = reasons.length > 3 ? ` and ${reasons.length - 3} more` : "";
  return `The scanner rejects it: ${shown === "" ? "the scan is not complete" : shown}${more}. Run flynn skills scan on it to see why.`;
}
