import type { Finding, RuleInfo, ScanRequest } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { manifestRules } from "../rules/metadata-rules.ts";
import type { ScannedFile } from "../scanned-file.ts";
import { positionAt } from "../text-position.ts";
import { JsonTextError } from "../../json/json-node.ts";
import type { JsonNode, JsonObjectNode } from "../../json/json-node.ts";
import { permissionProblems } from "./permissions.ts";
import { readStrictJson } from "../../json/strict-json.ts";

const MOST_DEPTH = 32;
/** A manifest can hold thousands of problems of one kind; whoever corrects it needs the first ones. */
const MOST_FINDINGS = 20;
const DANGEROUS_KEYS = ["__proto__", "constructor", "prototype"];

/** What is wrong at one place of the manifest. */
export interface ManifestProblem {
  readonly rule: RuleInfo;
  readonly offset: number;
  readonly what: string;
  readonly evidence?: string;
}

/** The rules for the `manifest.json` of the skill. They hold whether or not the skill is routed. */
export function checkManifest({ path, text }: ScannedFile, intent: ScanRequest["intent"]): Finding[] {
  if (text === null) return [finding(manifestRules.syntax, { path, what: "It is not UTF-8 text" })];
  return manifestProblems(text, intent)
    .slice(0, MOST_FINDINGS)
    .map(({ rule, offset, what, evidence }) => finding(rule, { path, what, evidence, position: positionAt(text, offset) }));
}

function manifestProblems(text: string, intent: ScanRequest["intent"]): ManifestProblem[] {
  let root: JsonNode;
  try {
    root = readStrictJson(text, MOST_DEPTH);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return [{ rule: error.reason === "depth" ? manifestRules.tooDeep : manifestRules.syntax, offset: error.offset, what: error.message }];
  }
  if (root.type !== "object") return [{ rule: manifestRules.notObject, offset: root.offset, what: "The manifest is not an object" }];
  return [...keyProblems(root), ...permissionProblems(root, intent)];
}

function keyProblems(node: JsonNode): ManifestProblem[] {
  if (node.type === "scalar") return [];
  if (node.type === "array") return node.elements.flatMap(keyProblems);
  return [...ownKeyProblems(node), ...node.members.flatMap((member) => keyProblems(member.value))];
}

function ownKeyProblems({ members }: JsonObjectNode): ManifestProblem[] {
  const seen = new Set<string>();
  const problems: ManifestProblem[] = [];
  for (const { key, keyOffset: offset } of members) {
    if (seen.has(key)) problems.push({ rule: manifestRules.duplicateKey, offset, what: "This key is there twice", evidence: key });
    if (DANGEROUS_KEYS.includes(key)) {
      problems.push({ rule: manifestRules.dangerousKey, offset, what: "This key reaches into prototypes", evidence: key });
    }
    seen.add(key);
  }
  return problems;
}
