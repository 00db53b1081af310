import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { allTextRules } from "../text-rules/all-text-rules.ts";
import { contentRules } from "./content-rules.ts";
import { frontmatterRules, manifestRules } from "./metadata-rules.ts";
import { rulesVersionOf } from "./rules-version.ts";
import { treeRules } from "./tree-rules.ts";

/** Every rule, in the order of the tables. */
export const ruleCatalogue: readonly RuleInfo[] = [
  ...[treeRules, contentRules, manifestRules, frontmatterRules].flatMap((rules) => Object.values<RuleInfo>(rules)),
  ...allTextRules.map(({ info }): RuleInfo => info),
];

export const rulesVersion = rulesVersionOf([...ruleCatalogue, ...allTextRules]);
