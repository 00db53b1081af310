import type { ScanResult, Verdict } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, isAccepted, isRefused, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
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

/** Where scanners warn, only take note, or refuse what they do not call severe; and one of each family about what texts say. */
const JUDGED = [
  "instructions-security-guide",
  "context-threat-model",
  "context-detector",
  "many-blank-lines",
  "download-security-guide",
  "download-bare-line",
  "download-pipe-in-fence",
  "autorun-all-tools",
  "autorun-front-matter-hook",
  "dynamic-calculator",
  "latin1-text",
  "png-without-policy",
  "reserved-name-of-port",
  "secrets-aws-in-env",
  "characters-homoglyph-name",
  "markup-font-size-zero",
  "instructions-french",
  "encoded-rot13-exec",
  "remote-bash-device",
  "exfiltration-key-in-form",
  "persistence-delete-prose",
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
        const got = describe(scanned);
        checkVerdict(context, skill, scanned);
        if (id === "mixed-clean")
          context.control("SCAN-032", isAccepted(scanned), { did: didScan(skill), expected: "a verdict other than reject", got });
        if (id === "many-dangers")
          context.control("SCAN-017", isRefused(scanned), { did: didScan(skill), expected: "verdict reject", got });
        verdicts.add(isRefused(scanned));
      }
    },
  }),
  defineCase({
    id: "SCAN-025/judged-texts",
    requirement: "SCAN-025",
    title: "computes the verdicts of skills again in which a scanner may warn, take note, or find nothing",
    isolation: "shared",
    requires: [...new Set(JUDGED.flatMap((id) => skillFixture(id).requires))],
    expects: JUDGED,
    run: async (context) => {
      const instance = await context.open();
      for (const id of JUDGED) {
        await using skill = await buildInCase(context, id);
        checkVerdict(context, skill, await scan(instance, skill.request));
      }
    },
  }),
];

function checkVerdict(context: CaseContext, skill: BuiltSkill, scanned: Scanned): void {
  const expected = scanned.ok ? verdictOf(scanned.value) : "none";
  context.check(skill.fixture.id, scanned.ok && scanned.value.verdict === expected, {
    did: didScan(skill),
    expected: `verdict ${expected}, because ${reasonFor(scanned.ok ? scanned.value : undefined)}`,
    got: describe(scanned),
  });
}

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
