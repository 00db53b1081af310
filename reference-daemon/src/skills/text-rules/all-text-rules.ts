import { autorunRules } from "./families/autorun/rules.ts";
import { downloadRules } from "./families/download/rules.ts";
import { dynamicCodeRules } from "./families/dynamic-code/rules.ts";
import { encodedRules } from "./families/encoded/rules.ts";
import { exfiltrationRules } from "./families/exfiltration/rules.ts";
import { hiddenCharacterRules } from "./families/hidden-characters/rules.ts";
import { hiddenMarkupRules } from "./families/hidden-markup/rules.ts";
import { languageRules } from "./families/injection/languages.ts";
import { injectionRules } from "./families/injection/rules.ts";
import { persistenceRules } from "./families/persistence/rules.ts";
import { remoteControlRules } from "./families/remote-control/rules.ts";
import { secretRules } from "./families/secrets/rules.ts";
import type { TextRule } from "./text-rule.ts";

export const allTextRules: readonly TextRule[] = [
  ...secretRules,
  ...hiddenCharacterRules,
  ...hiddenMarkupRules,
  ...injectionRules,
  ...languageRules,
  ...encodedRules,
  ...downloadRules,
  ...remoteControlRules,
  ...exfiltrationRules,
  ...persistenceRules,
  ...autorunRules,
  ...dynamicCodeRules,
];
