import type { Category, Finding, ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import type { Answer, OpenInstance } from "../../judge/open-instance.ts";

export type Scanned = Answer<ScanResult>;

export function scan(instance: OpenInstance, request: ScanRequest): Promise<Scanned> {
  return instance.ask<ScanResult>("scan", request);
}

/** A scan that fails has not refused: there is no verdict that a host could act on. */
export function isRefused(scanned: Scanned): boolean {
  return scanned.ok && scanned.value.verdict === "reject";
}

/** At least a warning. */
export function isWarned(scanned: Scanned): boolean {
  return scanned.ok && scanned.value.verdict !== "allow";
}

export function isAccepted(scanned: Scanned): boolean {
  return scanned.ok && scanned.value.verdict !== "reject";
}

/** Harmless for a scanner that judges texts: not even warned about. */
export function isAllowed(scanned: Scanned): boolean {
  return scanned.ok && scanned.value.verdict === "allow";
}

export function findingsOf(scanned: Scanned): readonly Finding[] {
  return scanned.ok ? scanned.value.findings : [];
}

/** What a finding must be like; what is left out may be anything. */
export interface Wanted {
  readonly category?: readonly Category[] | undefined;
  readonly path?: string | undefined;
}

export function hasFinding(scanned: Scanned, { category, path }: Wanted): boolean {
  return findingsOf(scanned).some((finding) => (category?.includes(finding.category) ?? true) && (path ?? finding.path) === finding.path);
}

export function describeWanted({ category, path }: Wanted): string {
  const kind = category === undefined ? "a finding" : `a finding of category ${category.join(" or ")}`;
  return path === undefined ? kind : `${kind} at ${shownPath(path)}`;
}

const FINDINGS_SHOWN = 5;

/** The answer in one line: verdict, completeness, and what was found where. */
export function describe(scanned: Scanned): string {
  if (!scanned.ok) return `the error ${scanned.error.code}: ${scanned.error.message}`;
  const { verdict, complete, findings } = scanned.value;
  const shown = findings
    .slice(0, FINDINGS_SHOWN)
    .map(({ ruleId, category, action, path }) => `${ruleId} (${category}, ${action}) at ${shownPath(path)}`);
  const more = findings.length > FINDINGS_SHOWN ? ` and ${findings.length - FINDINGS_SHOWN} more` : "";
  return `verdict ${verdict}, ${complete ? "complete" : "incomplete"}, ${shown.length === 0 ? "no findings" : `findings: ${shown.join("; ")}${more}`}`;
}

const LONGEST_SHOWN = 300;
const SHOWN_OF_AN_END = 60;

function shownPath(path: string): string {
  if (path === "") return "the skill as a whole";
  return path.length <= LONGEST_SHOWN
    ? path
    : `${path.slice(0, SHOWN_OF_AN_END)}…${path.slice(-SHOWN_OF_AN_END)} (a path of ${path.length} characters)`;
}
