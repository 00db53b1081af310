import { MANIFEST_FILE, SKILL_FILE } from "./metadata-files.ts";
import { finding } from "./rules/finding.ts";
import { frontmatterRules, manifestRules } from "./rules/metadata-rules.ts";
import type { ScanContext } from "./scan-context.ts";
import type { ScanLedger } from "./scan-ledger.ts";

/** The files that a skill must have. One that is there but could not be read has its own finding already. */
export function checkRequiredFiles({ ledger, intent }: ScanContext): void {
  const skillFile = ledger.kindOf(SKILL_FILE);
  if (skillFile === null)
    ledger.report(finding(frontmatterRules.missing, { path: "", what: `There is no SKILL.md${likelyMistake(ledger)}` }));
  if (skillFile === "directory") ledger.report(finding(frontmatterRules.missing, { path: SKILL_FILE, what: "It is a folder" }));
  if (!intent?.routed) return;
  const manifest = ledger.kindOf(MANIFEST_FILE);
  const what = "Users' intents are routed to the skill, and it has no manifest.json";
  if (manifest === null) ledger.report(finding(manifestRules.missing, { path: "", what }));
  if (manifest === "directory") ledger.report(finding(manifestRules.missing, { path: MANIFEST_FILE, what: "It is a folder" }));
}

function likelyMistake({ paths }: ScanLedger): string {
  if (paths.some((path) => path.toLowerCase() === "skill.md")) return ", only one that is spelled in another way";
  const holdsSkills = paths.some((path) => /^[^/]+\/SKILL\.md$/u.test(path));
  return holdsSkills ? ", but there is one in a folder below; each skill is scanned by itself" : "";
}
