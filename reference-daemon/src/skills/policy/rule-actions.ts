import { createHash } from "node:crypto";

import { actionSchema } from "@flynn/sdk/skill-scanner";
import type { Action, Finding, RuleInfo } from "@flynn/sdk/skill-scanner";

import { ACTION_WEIGHT } from "../rules/action-weight.ts";
import { ruleCatalogue } from "../rules/catalogue.ts";
import { isSuppressible } from "../suppression/suppressible.ts";
import { nearestRuleId } from "./nearest-rule.ts";

/** Why an operator may not give the rule this action, as a sentence; undefined if they may. */
export function actionProblem(ruleId: string, action: Action, catalogue: readonly RuleInfo[] = ruleCatalogue): string | undefined {
  const rule = catalogue.find(({ id }) => id === ruleId);
  if (rule === undefined) return `There is no rule ${JSON.stringify(ruleId)}; the nearest is ${nearestRuleId(ruleId)}`;
  if (ACTION_WEIGHT[action] >= ACTION_WEIGHT[rule.action] || isSuppressible(rule)) return undefined;
  return `${ruleId} is about what a skill is made of, so that it can be raised above ${rule.action} but not lowered to ${action}`;
}

/** What findings do in one instance of the scanner: what the catalogue says, but where the operator says otherwise. */
export class RuleActions {
  readonly #actions: ReadonlyMap<string, Action>;

  /** Throws a RangeError for an action that may not be given. */
  constructor(actions: Readonly<Record<string, Action>> = {}) {
    for (const [ruleId, action] of Object.entries(actions)) {
      const problem = actionSchema.safeParse(action).success ? actionProblem(ruleId, action) : `${ruleId} has no action ${String(action)}`;
      if (problem !== undefined) throw new RangeError(problem);
    }
    this.#actions = new Map(Object.entries(actions));
  }

  applyTo(finding: Finding): Finding {
    const action = this.#actions.get(finding.ruleId);
    return action === undefined ? finding : { ...finding, action };
  }

  describe(rule: RuleInfo): RuleInfo {
    return { ...rule, action: this.#actions.get(rule.id) ?? rule.action, suppressible: isSuppressible(rule) };
  }
}

/** The version of the rules as an operator changed them, so that a verdict that was kept from before is known to be stale. */
export function changedVersion(version: string, changes: object): string {
  return `${version}.${createHash("sha256").update(JSON.stringify(changes)).digest("hex").slice(0, 12)}`;
}
