import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { nearestRuleId } from "../skills/policy/nearest-rule.ts";
import { ruleCatalogue } from "../skills/rules/catalogue.ts";
import { isSuppressible } from "../skills/suppression/suppressible.ts";
import { printable } from "../text/printable.ts";
import { EXIT } from "./exit-codes.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** `flynn skills rules`. `misuse` ends the command as commander does for an unknown option. */
export async function rulesCommand(
  ruleId: string | undefined,
  options: { readonly json?: true },
  { stdout }: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  if (ruleId === undefined) {
    await write(stdout, options.json ? `${JSON.stringify(ruleCatalogue, null, 2)}\n` : ruleCatalogue.map(summaryOf).join(""));
    return EXIT.ok;
  }
  const rule = ruleCatalogue.find(({ id }) => id === ruleId);
  if (rule === undefined) return misuse(`there is no rule ${printable(ruleId)}; the nearest is ${nearestRuleId(ruleId)}`);
  await write(stdout, options.json ? `${JSON.stringify(rule, null, 2)}\n` : explanationOf(rule));
  return EXIT.ok;
}

function summaryOf({ id, action, category, summary, fix }: RuleInfo): string {
  return `${id}  ${action}  ${category}\n    ${summary}\n    ${fix}\n`;
}

/** What it is, why it matters and what to do, for somebody who has the finding before them. */
function explanationOf(rule: RuleInfo): string {
  const { id, action, severity, category, summary, why, fix, reasonCode, since } = rule;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["what", summary],
    ["why", why],
    ["fix", fix],
    ["does", `${action}, unless a policy says otherwise; ${severity} severity, category ${category}`],
    [
      "policy",
      isSuppressible(rule) ? "may lower it, and suppress its findings file by file" : "may raise it; its findings are never suppressed",
    ],
    ["ClawHub", reasonCode],
    ["since", since],
  ];
  const shown = lines.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(8)}${text}\n`]));
  return `${id}\n${shown.join("")}`;
}
