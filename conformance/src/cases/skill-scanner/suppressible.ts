import { readFileSync, writeFileSync } from "node:fs";

import type { Category, Finding, HostSuppression, RuleInfo, ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { payloadOf, withFiles } from "./derived-skill.ts";
import type { Body } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

/** What is found under these is a judgement about a text, with which a host may disagree. */
export const JUDGEMENTS: readonly Category[] = ["injection", "hidden-text", "code", "autorun"];

export const FIRST = "first.sh";
export const SECOND = "second.sh";
const LATER = "2999-12-31T00:00:00Z";

/** Payloads of which a scanner may let a host suppress what it finds; the first of which it does is taken. */
const PAYLOADS: readonly (readonly [fixture: string, path: string])[] = [
  ["download-pipe-in-script", "fetch.sh"],
  ["exfiltration-environment-shell", "places.sh"],
  ["persistence-crontab", "explain.sh"],
];

/** One of the payloads, at least, is among them that the scanner lets a host suppress. */
export function linesOfAllPayloads(): readonly string[] {
  return PAYLOADS.flatMap(([id, path]) => payloadOf(id, path).hostile.filter((line) => !line.startsWith("#!")));
}

/** A skill with the same payload in two files or more, and what a scanner finds in it when nothing is suppressed. */
export interface Suppressible extends AsyncDisposable {
  readonly skill: BuiltSkill;
  readonly did: string;
  readonly request: ScanRequest & { readonly skillName: string };
  readonly found: ScanResult;
  readonly rules: readonly RuleInfo[];
  /** What may be suppressed in a file of the skill. */
  at(path: string): readonly Finding[];
  /** One entry for each rule that found something in the file as it is now. */
  entries(path: string, change?: Partial<HostSuppression>): readonly HostSuppression[];
}

export interface OpenSuppressible {
  /** Whether all files have the same bytes. */
  readonly alike?: boolean;
  /** Other files with the payload: with the same bytes as the first where `alike`, and else with other ones. */
  readonly copies?: readonly string[];
  /** Files beside those with the payload. */
  readonly files?: Readonly<Record<string, Body>>;
  readonly lineEnd?: "\n" | "\r\n";
}

export async function openSuppressible(
  context: CaseContext,
  instance: OpenInstance,
  options: OpenSuppressible = {},
): Promise<Suppressible> {
  const answer = await instance.ask<RuleInfo[]>("rules");
  const rules = answer.ok ? answer.value : [];
  const tried: string[] = [];
  for (const [id, path] of PAYLOADS) {
    const skill = await buildInCase(context, skillWith(id, path, options));
    const request = { ...skill.request, skillName: context.random.word() };
    const scanned = await scan(instance, request);
    if (scanned.ok && maySuppressAll(scanned.value, rules, options))
      return suppressible(context, { skill, request, found: scanned.value, rules });
    await skill[Symbol.asyncDispose]();
    tried.push(`${id}: ${describe(scanned)}`);
  }
  context.control(options.lineEnd === "\r\n" ? "SCAN-046" : "SCAN-040", false, {
    did: `scanned ${PAYLOADS.length} skills, each with a payload in ${FIRST} and in ${SECOND}: ${PAYLOADS.map(([id]) => id).join(", ")}`,
    expected: `in one of them, findings at both files whose category may be suppressed (${JUDGEMENTS.join(", ")}), by rules that do not say otherwise, and no others; a subject with suppressions needs text-rules too`,
    got: tried.join("; "),
  });
  throw new Error("The control let a failed scan pass");
}

function skillWith(id: string, path: string, { alike = false, copies = [], files = {}, lineEnd = "\n" }: OpenSuppressible): SkillFixture {
  const { from, hostile } = payloadOf(id, path);
  const twice = [...hostile, ...FILLER, ...hostile.filter((line) => !line.startsWith("#!")), ""].map((line) =>
    lineEnd === "\n" ? line : `${line}\r`,
  );
  const other = (at: number): readonly string[] => (alike ? twice : [...twice, `# {{word:${77 + at}}}`]);
  return withFiles(from, {
    [FIRST]: twice,
    [SECOND]: other(0),
    ...Object.fromEntries(copies.map((copy, at) => [copy, other(at + 1)])),
    ...files,
  });
}

/** So that the payload stands in the file twice, and not in one place. */
const FILLER = Array.from({ length: 40 }, (_, line) => `# ${line + 1}`);

function maySuppressAll({ findings }: ScanResult, rules: readonly RuleInfo[], { alike = false, files = {} }: OpenSuppressible): boolean {
  const weighing = findings.filter(({ action, path }) => action !== "note" && !Object.hasOwn(files, path));
  const paths = alike ? [FIRST] : [FIRST, SECOND];
  return (
    paths.every((path) => weighing.some((finding) => finding.path === path)) && weighing.every((finding) => maySuppress(finding, rules))
  );
}

interface Opened {
  readonly skill: BuiltSkill;
  readonly request: ScanRequest & { readonly skillName: string };
  readonly found: ScanResult;
  readonly rules: readonly RuleInfo[];
}

function suppressible(context: CaseContext, { skill, request, found, rules }: Opened): Suppressible {
  const at = (path: string): readonly Finding[] => found.findings.filter((finding) => finding.path === path && maySuppress(finding, rules));
  // The same each time, so that two requests can have the very same entry.
  const reason = `Looked at: ${context.random.word(20)}`;
  return {
    skill,
    did: `scanned a skill with the payload of ${skill.fixture.id} twice in ${FIRST}, and in ${SECOND}`,
    request,
    found,
    rules,
    at,
    entries: (path, change = {}) =>
      [...new Set(at(path).map(({ ruleId }) => ruleId))].map((rule) => ({
        ...entryFor(context, found, path, rule),
        skill: request.skillName,
        reason,
        ...change,
      })),
    [Symbol.asyncDispose]: () => skill[Symbol.asyncDispose](),
  };
}

export function maySuppress({ category, ruleId }: Finding, rules: readonly RuleInfo[]): boolean {
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
