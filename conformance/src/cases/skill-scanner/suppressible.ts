import { readFileSync, writeFileSync } from "node:fs";

import type { Category, Finding, HostSuppression, RuleInfo, ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { payloadOf, withFiles } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

/** What is found under these is a judgement about a text, with which a host may disagree. */
export const JUDGEMENTS: readonly Category[] = ["injection", "hidden-text", "code", "autorun"];

export const FIRST = "first.sh";
export const SECOND = "second.sh";
const LATER = "2999-12-31T00:00:00Z";

/** A skill with the same payload in two files, and what a scanner finds in it when nothing is suppressed. */
export interface Suppressible extends AsyncDisposable {
  readonly skill: BuiltSkill;
  readonly did: string;
  readonly request: ScanRequest & { readonly skillName: string };
  readonly found: ScanResult;
  /** What may be suppressed in a file of the skill. */
  at(path: string): readonly Finding[];
  /** One entry for each rule that found something in the file as it is now. */
  entries(path: string, change?: Partial<HostSuppression>): readonly HostSuppression[];
}

/** `alike`: the two files have the same bytes. */
export async function openSuppressible(
  context: CaseContext,
  instance: OpenInstance,
  { alike = false }: { readonly alike?: boolean } = {},
): Promise<Suppressible> {
  const { from, hostile } = payloadOf("download-pipe-in-script", "fetch.sh");
  const other = alike ? hostile : [...hostile, "# {{word:77}}"];
  const skill = await buildInCase(context, withFiles(from, { [FIRST]: hostile, [SECOND]: other }));
  const request = { ...skill.request, skillName: context.random.word() };
  const did = "scanned a skill in which two shell scripts pipe a download into bash";
  const answer = await instance.ask<RuleInfo[]>("rules");
  const rules = answer.ok ? answer.value : [];
  const scanned = await scan(instance, request);
  const at = (path: string): readonly Finding[] =>
    findingsOf(scanned).filter((finding) => finding.path === path && maySuppress(finding, rules));
  const weighing = findingsOf(scanned).filter(({ action }) => action !== "note");
  const isThere = [FIRST, SECOND].every((path) => at(path).some((finding) => weighing.includes(finding)));
  const isAll = weighing.every((finding) => at(finding.path).includes(finding));
  context.control("SCAN-040", isThere && isAll, {
    did,
    expected: `findings of a category that may be suppressed (${JUDGEMENTS.join(", ")}) at ${FIRST} and ${SECOND}, and no others; a subject with suppressions needs text-rules too`,
    got: describe(scanned),
  });
  if (!scanned.ok) throw new Error("The control let a failed scan pass");
  return {
    skill,
    did,
    request,
    found: scanned.value,
    at,
    entries: (path, change = {}) =>
      [...new Set(at(path).map(({ ruleId }) => ruleId))].map((rule) => ({
        ...entryFor(context, scanned.value, path, rule),
        skill: request.skillName,
        ...change,
      })),
    [Symbol.asyncDispose]: () => skill[Symbol.asyncDispose](),
  };
}

function maySuppress({ category, ruleId }: Finding, rules: readonly RuleInfo[]): boolean {
  return JUDGEMENTS.includes(category) && rules.find(({ id }) => id === ruleId)?.suppressible !== false;
}

/** For a file as the inventory has it; a digest of zeros where it has none. */
export function entryFor(context: CaseContext, { inventory }: ScanResult, path: string, rule: string): Omit<HostSuppression, "skill"> {
  const digest = inventory.find((entry) => entry.path === path)?.sha256 ?? "0".repeat(64);
  return { rule, path, digest, reason: `Looked at: ${context.random.word(20)}`, expires: LATER };
}

export function scanSuppressing(instance: OpenInstance, request: ScanRequest, suppressions: readonly HostSuppression[]): Promise<Scanned> {
  return scan(instance, { ...request, policy: { ...request.policy, suppressions: [...suppressions] } });
}

/** Whether no finding is left at the path but notes that nobody asked to suppress. */
export function isQuietAt(scanned: Scanned, path: string): boolean {
  return scanned.ok && findingsOf(scanned).every((finding) => finding.path !== path || finding.action === "note");
}

/** Adds one byte to a file of a built skill. */
export function touch(skill: BuiltSkill, path: string): void {
  const { location } = skill.entry(path);
  writeFileSync(location, Buffer.concat([readFileSync(location), Buffer.from("\n")]));
}

/** All that is said of a skill. Whether the scanner describes itself in the same way each time is for another row. */
export function saidOf(scanned: Scanned): string {
  if (!scanned.ok) return JSON.stringify(scanned);
  const { scanner: _, ...said } = scanned.value;
  return JSON.stringify(said);
}

/** Both lists of a result, as far as suppressions decide them. */
export function describeSuppressed(scanned: Scanned): string {
  if (!scanned.ok) return describe(scanned);
  const { suppressed } = scanned.value;
  const listed = suppressed.slice(0, 4).map(({ ruleId, path, reason }) => `${ruleId} at ${path} (${reason})`);
  return `${describe(scanned)}; suppressed: ${listed.length === 0 ? "none" : listed.join("; ")}`;
}
