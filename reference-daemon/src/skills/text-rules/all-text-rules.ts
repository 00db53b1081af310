import { autorunRules } from "./families/autorun.ts";
import { downloadRules } from "./families/download.ts";
import { dynamicCodeRules } from "./families/dynamic-code.ts";
import { encodedRules } from "./families/encoded.ts";
import { exfiltrationRules } from "./families/exfiltration.ts";
import { hiddenCharacterRules } from "./families/hidden-characters.ts";
import { hiddenMarkupRules } from "./families/hidden-markup.ts";
import { languageRules } from "./families/injection-languages.ts";
import { injectionRules } from "./families/injection.ts";
import { persistenceRules } from "./families/persistence.ts";
import { remoteControlRules } from "./families/remote-control.ts";
import { secretRules } from "./families/secrets.ts";
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
