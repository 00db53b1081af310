import type { Action, Finding, ScanResult, Suppression, Verdict } from "@flynn/sdk/skill-scanner";

import { printable } from "../text/printable.ts";
import { ruleCatalogue } from "../skills/rules/catalogue.ts";
import type { ScannedSkill } from "./skills-scan.ts";
import type { Style, Styler } from "./streams.ts";

const VERDICT_STYLE: Readonly<Record<Verdict, Style>> = { allow: "green", warn: "yellow", reject: "red" };
const ACTION_STYLE: Readonly<Record<Action, Style>> = { note: "cyan", warn: "yellow", reject: "red" };
const LONGEST_FOLDER = 400;
const LONGEST_REASON = 500;

/** For people: a verdict a skill, then what was found and what to do about it. */
export function textReport(skills: readonly ScannedSkill[], style: Styler): string {
  const parts = skills.map(({ folder, result }) => [
    headline(folder, result, style),
    ...result.findings.map((found) => findingLines(found, style)),
    ...result.suppressed.map((suppression) => suppressionLines(suppression, style)),
  ]);
  const summary = skills.length > 1 ? [summaryLine(skills)] : [];
  return `${[...parts.map((part) => part.join("\n")), ...summary].join("\n")}\n`;
}

function headline(folder: string, { verdict, complete, inventory }: ScanResult, style: Styler): string {
  const files = inventory.filter((entry) => entry.kind === "file");
  const bytes = files.reduce((total, entry) => total + entry.bytes, 0);
  const extent = complete ? `${counted(files.length, "file")}, ${counted(bytes, "byte")}` : "not everything could be read";
  return `${style(VERDICT_STYLE[verdict], verdict.padEnd(6))}  ${printable(folder, LONGEST_FOLDER)}  (${extent})`;
}

function findingLines({ ruleId, action, path, line, column, message, evidence }: Finding, style: Styler): string {
  const fix = ruleCatalogue.find((rule) => rule.id === ruleId)?.fix ?? "";
  const what = message.endsWith(fix) ? message.slice(0, message.length - fix.length).trim() : message;
  const place = [path || "(the skill)", line, column].filter((part) => part !== null).join(":");
  const shown = evidence.text === "" || evidence.text === path ? "" : `  ${evidence.text}`;
  return [`  ${style(ACTION_STYLE[action], action.padEnd(6))}  ${place}  ${ruleId}`, `          ${what}${shown}`, `          ${fix}`].join(
    "\n",
  );
}

function suppressionLines({ ruleId, path, reason }: Suppression, style: Styler): string {
  return `  ${style("cyan", "hidden")}  ${path}  ${ruleId}\n          Suppressed by the policy: ${printable(reason, LONGEST_REASON)}`;
}

function summaryLine(skills: readonly ScannedSkill[]): string {
  const count = (verdict: Verdict): number => skills.filter(({ result }) => result.verdict === verdict).length;
  return `${counted(skills.length, "skill")}: ${count("allow")} allowed, ${count("warn")} with warnings, ${count("reject")} rejected`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
