import { scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { Category, Finding, RuleInfo, ScanRequest, ScanResult, Verdict } from "@flynn/sdk/skill-scanner";

import type { Pretence } from "./pretence.ts";

/** What only a scanner that judges texts finds. */
const OF_TEXTS: readonly Category[] = ["secret", "injection", "hidden-text", "code", "autorun"];

/** Scanners that declare a flag and behave as one without it. */
export const scannerPretences: Readonly<Record<string, Pretence>> = {
  "skill-scanner/text-rules": {
    message: "verdict reject",
    call: async (method, name, args) => {
      const given = await method(...args);
      if (name === "rules") return (given as readonly RuleInfo[]).filter(({ category }) => !OF_TEXTS.includes(category));
      return name === "scan" ? structural(given as ScanResult) : given;
    },
  },
  "skill-scanner/suppressions": {
    message: "left, unchanged",
    call: (method, name, args) => (name === "scan" ? method(unsuppressed(args[0] as ScanRequest), ...args.slice(1)) : method(...args)),
  },
};

function structural(result: ScanResult): ScanResult {
  const findings = result.findings.filter(({ category }) => !OF_TEXTS.includes(category));
  return { ...result, findings, verdict: verdictOf(result.complete, findings) };
}

function verdictOf(complete: boolean, findings: readonly Finding[]): Verdict {
  const actions = new Set(findings.map(({ action }) => action));
  if (!complete || actions.has("reject")) return "reject";
  return actions.has("warn") ? "warn" : "allow";
}

/** What breaks the schema is broken with and without the flag, and goes through as it is. */
function unsuppressed(request: ScanRequest): ScanRequest {
  if (!scanRequestSchema.safeParse(request).success) return request;
  const { suppressions: _, ...policy } = request.policy ?? {};
  return { ...request, policy };
}
