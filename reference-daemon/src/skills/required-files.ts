import type { Finding } from "@flynn/sdk/skill-scanner";

import { MANIFEST_FILE, SKILL_FILE } from "./metadata-files.ts";
import { finding } from "./rules/finding.ts";
import { frontmatterRules, manifestRules } from "./rules/metadata-rules.ts";
import type { ScanContext } from "./scan-context.ts";
import type { ScanLedger } from "./scan-ledger.ts";

/** The files that a skill must have. One that is there but could not be read has its own finding already. */
export function checkRequiredFiles({ ledger, intent }: ScanContext): void {
  const skillFile = ledger.kindOf(SKILL_FILE);
  if (skillFile === null) ledger.report(missingSkillFile(ledger));
  if (skillFile === "directory") ledger.report(finding(frontmatterRules.missing, { path: SKILL_FILE, what: "It is a folder" }));
  if (!intent?.routed) return;
  const manifest = ledger.kindOf(MANIFEST_FILE);
  const what = "Users' intents are routed to the skill, and it has no manifest.json";
  if (manifest === null) ledger.report(finding(manifestRules.missing, { path: "", what }));
  if (manifest === "directory") ledger.report(finding(manifestRules.missing, { path: MANIFEST_FILE, what: "It is a folder" }));
}

function missingSkillFile({ paths }: ScanLedger): Finding {
  const isMisspelled = paths.some((path) => path.toLowerCase() === "skill.md");
  const isBelow = paths.some((path) => /^[^/]+\/SKILL\.md$/u.test(path));
  const hint = isMisspelled
    ? ", only one that is spelled in another way"
    : isBelow
      ? ", but a folder below has one and is a skill by itself"
      : "";
  return finding(frontmatterRules.missing, { path: "", what: `There is no SKILL.md${hint}` });
}
