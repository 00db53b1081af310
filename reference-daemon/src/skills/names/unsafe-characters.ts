import { isUtf8 } from "node:buffer";

import { escapePath } from "@flynn/sdk/kernel";
import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { treeRules } from "../rules/tree-rules.ts";

const BACKSLASH = /\\/gu;
const PLAIN = /^[ -~]*$/u;

/** What is wrong with the characters of a name, or null. The list of characters is the one of the SDK's path escape. */
export function unsafeCharacter(name: Buffer): { readonly rule: RuleInfo; readonly what: string } | null {
  if (PLAIN.test(name.toString("latin1"))) return null;
  if (!isUtf8(name)) return { rule: treeRules.encoding, what: "The name is not UTF-8" };
  const withoutBackslash = name.toString("utf8").replace(BACKSLASH, "");
  const isShownAsItIs = escapePath(Buffer.from(withoutBackslash)) === withoutBackslash;
  return isShownAsItIs ? null : { rule: treeRules.characters, what: "The name holds characters that are not shown as they are" };
}
