import type { Finding, Verdict } from "@flynn/sdk/skill-scanner";

/** The one place where a verdict is made. Severity has no say in it. */
export function verdictOf(complete: boolean, findings: readonly Pick<Finding, "action">[]): Verdict {
  if (!complete) return "reject";
  if (findings.some((finding) => finding.action === "reject")) return "reject";
  return findings.some((finding) => finding.action === "warn") ? "warn" : "allow";
}
