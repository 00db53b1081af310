import { createHash } from "node:crypto";

import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { allTextRules } from "../text-rules/all-text-rules.ts";
import { contentRules } from "./content-rules.ts";
import { frontmatterRules, manifestRules } from "./metadata-rules.ts";
import { treeRules } from "./tree-rules.ts";

/** Every rule, in the order of the tables. */
export const ruleCatalogue: readonly RuleInfo[] = [
  ...[treeRules, contentRules, manifestRules, frontmatterRules].flatMap((rules) => Object.values<RuleInfo>(rules)),
  ...allTextRules.map(({ info }): RuleInfo => info),
];

/** Raised by hand whenever a rule decides differently; a rule that is added or reworded shows in the digest behind it. */
const RULES_REVISION = 1;

export const rulesVersion = `${RULES_REVISION}.${createHash("sha256").update(JSON.stringify(ruleCatalogue)).digest("hex").slice(0, 12)}`;
