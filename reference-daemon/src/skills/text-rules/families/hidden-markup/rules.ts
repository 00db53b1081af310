import type { TextRule } from "../../text-rule.ts";
import { comment } from "./comment.ts";
import { reference } from "./reference.ts";
import { style } from "./style.ts";
import { details } from "./folded.ts";
import { attribute } from "./attribute.ts";
import { letters } from "./letters.ts";
import { padding } from "./padding.ts";
import { uri } from "./script.ts";

export const hiddenMarkupRules: readonly TextRule[] = [comment, reference, style, details, attribute, letters, padding, uri];
