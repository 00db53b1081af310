import type { Action } from "@flynn/sdk/skill-scanner";

import { examineText } from "../examine-text.ts";
import { ACTION_WEIGHT } from "../../rules/action-weight.ts";
import { runAtOnce } from "../../run-at-once.ts";

/** The weightiest action of each rule that finds something. `{gap}` keeps a test from being what the rules look for. */
export function weightiestActions(path: string, written: string): Record<string, Action> {
  const text = `${written.replaceAll("{gap}", "")}\n`;
  const actions: Record<string, Action> = {};
  for (const { ruleId, action } of runAtOnce(examineText({ path, text, isAscii: /^[\0-\u007F]*$/u.test(text), installerHosts: [] }))) {
    const before = actions[ruleId];
    if (before === undefined || ACTION_WEIGHT[action] > ACTION_WEIGHT[before]) actions[ruleId] = action;
  }
  return actions;
}
