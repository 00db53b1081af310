import { createHash } from "node:crypto";
import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { unescapePath } from "@flynn/sdk/kernel";
import type { Action, Finding, InventoryEntry, RuleInfo, Severity } from "@flynn/sdk/skill-scanner";

import { ruleCatalogue } from "../skills/rules/catalogue.ts";
import { VERSION } from "../version.ts";
import type { ScannedSkill } from "./skills-scan.ts";

const LEVEL: Readonly<Record<Action, string>> = { reject: "error", warn: "warning", note: "note" };
/** The scale that code hosts sort security results by. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0", info: "0.0" };

/** A SARIF 2.1.0 log with one run. Locations are relative to the working directory where a folder lies in it. */
export function sarifReport(skills: readonly ScannedSkill[], cwd: string): string {
  const run = {
    tool: { driver: { name: "flynn", version: VERSION, semanticVersion: VERSION, rules: ruleCatalogue.map(sarifRule) } },
    columnKind: "utf16CodeUnits",
    invocations: [{ executionSuccessful: skills.every(({ result }) => result.complete) }],
    artifacts: skills.flatMap((skill) => skill.result.inventory.filter(hasDigest).map((entry) => artifact(skill, entry, cwd))),
    results: skills.flatMap((skill) => [...sarifResults(skill, cwd), ...suppressedResults(skill, cwd)]),
  };
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function sarifRule({ id, category, severity, action, summary, why, fix }: RuleInfo): object {
  return {
    id,
    shortDescription: { text: summary },
    ...(why === undefined ? {} : { fullDescription: { text: why } }),
    help: { text: fix },
    defaultConfiguration: { level: LEVEL[action] },
    properties: { category, severity, tags: ["security", category], "security-severity": SECURITY_SEVERITY[severity] },
  };
}

/** Findings that are alike are told apart by their number, in the order of the result. */
function sarifResults({ folder, result }: ScannedSkill, cwd: string): object[] {
  const seen = new Map<string, number>();
  return result.findings.map((found) => {
    const source = fingerprintSource(found);
    const number = seen.get(source) ?? 0;
    seen.set(source, number + 1);
    return sarifResult(found, uriOf(folder, found.path, cwd), sha256(`${source}\0${number}`));
  });
}

function sarifResult(found: Finding, uri: string, fingerprint: string): object {
  const { ruleId, action, message, line, column, evidence } = found;
  const region = line === null ? {} : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } };
  return {
    ruleId,
    ruleIndex: ruleCatalogue.findIndex((rule) => rule.id === ruleId),
    level: LEVEL[action],
    message: { text: evidence.text === "" ? message : `${message} Found: ${evidence.text}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, ...region } }],
    partialFingerprints: { "flynnFinding/v1": fingerprint },
  };
}

/** What the policy suppresses is there for whoever wants to look at it, as SARIF has it. */
function suppressedResults({ folder, result }: ScannedSkill, cwd: string): object[] {
  return result.suppressed.map(({ ruleId, path, reason }, number) => {
    const rule = ruleCatalogue.find(({ id }) => id === ruleId);
    return {
      ruleId,
      ruleIndex: ruleCatalogue.findIndex(({ id }) => id === ruleId),
      level: "none",
      message: { text: rule?.summary ?? ruleId },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(folder, path, cwd) } } }],
      partialFingerprints: { "flynnFinding/v1": sha256([ruleId, path, "suppressed", number].join("\0")) },
      suppressions: [{ kind: "external", status: "accepted", justification: reason }],
    };
  });
}

/** Without line and column, so that a result stays the same one when text moves. */
function fingerprintSource({ ruleId, path, evidence }: Finding): string {
  return [ruleId, path, evidence.text].join("\0");
}

function hasDigest(entry: InventoryEntry): boolean {
  return entry.sha256 !== null;
}

function artifact({ folder }: ScannedSkill, { path, bytes, sha256: digest }: InventoryEntry, cwd: string): object {
  return { location: { uri: uriOf(folder, path, cwd) }, length: bytes, hashes: { "sha-256": digest } };
}

/** The bytes of the name, each that is not plain as `%XX`, so that a name that is not UTF-8 has a location too. */
function uriOf(folder: string, path: string, cwd: string): string {
  const absolute = resolve(cwd, folder);
  const fromHere = relative(cwd, absolute);
  const isBelow = fromHere !== ".." && !fromHere.startsWith(`..${sep}`);
  const base = isBelow ? percentEncoded(Buffer.from(fromHere)) : pathToFileURL(absolute).href;
  return [base, percentEncoded(unescapePath(path))].filter(Boolean).join("/") || ".";
}

function percentEncoded(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9/._~-]/u.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
