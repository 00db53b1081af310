import type { ScanResult, Verdict } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, isAccepted, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Findings of one action, of several in both orders, and none; complete and not. */
const MIXTURES = [
  "mixed-clean",
  "warning-alone",
  "warning-before-rejection",
  "warning-after-rejection",
  "many-dangers",
  "limit-before-warning",
] as const;

export const verdictCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-025/mixtures",
    requirement: "SCAN-025",
    title: "computes the verdicts of several results again",
    isolation: "shared",
    requires: ["symbolic-links", "byte-file-names", "case-sensitive-names"],
    expects: MIXTURES,
    run: async (context) => {
      const instance = await context.open();
      const verdicts = new Set<boolean>();
      for (const id of MIXTURES) {
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        const expected = scanned.ok ? verdictOf(scanned.value) : "none";
        const got = describe(scanned);
        context.check(id, scanned.ok && scanned.value.verdict === expected, {
          did: didScan(skill),
          expected: `verdict ${expected}, because ${reasonFor(scanned.ok ? scanned.value : undefined)}`,
          got,
        });
        if (id === "mixed-clean")
          context.control("SCAN-032", isAccepted(scanned), { did: didScan(skill), expected: "a verdict other than reject", got });
        if (id === "many-dangers")
          context.control("SCAN-017", isRefused(scanned), { did: didScan(skill), expected: "verdict reject", got });
        verdicts.add(isRefused(scanned));
      }
    },
  }),
];

function verdictOf({ complete, findings }: ScanResult): Verdict {
  const actions = new Set(findings.map(({ action }) => action));
  if (!complete || actions.has("reject")) return "reject";
  return actions.has("warn") ? "warn" : "allow";
}

function reasonFor(result: ScanResult | undefined): string {
  if (result === undefined) return "there is no result";
  if (!result.complete) return "the scan is incomplete";
  const verdict = verdictOf(result);
  return verdict === "allow" ? "no finding rejects or warns" : `a finding has the action ${verdict}`;
}
