import type { TextRule } from "../../text-rule.ts";
import { tags } from "./tag-characters.ts";
import { selectors } from "./variation-selectors.ts";
import { bidi } from "./bidi.ts";
import { zeroWidth } from "./zero-width.ts";
import { filler } from "./fillers.ts";
import { controls } from "./terminal-controls.ts";
import { confusable } from "./confusables.ts";

export const hiddenCharacterRules: readonly TextRule[] = [tags, selectors, bidi, zeroWidth, filler, controls, confusable];
