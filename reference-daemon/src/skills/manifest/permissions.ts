import type { ScanRequest } from "@flynn/sdk/skill-scanner";

import { manifestRules } from "../rules/metadata-rules.ts";
import type { ManifestProblem } from "./check-manifest.ts";
import type { JsonNode, JsonObjectNode } from "../../json/json-node.ts";

/**
 * `permissions` is an array of unique, non-empty strings out of the host's vocabulary, compared exactly. Where the request
 * gives no vocabulary, only the shape can be checked. A wildcard is refused even if the vocabulary seems to hold it.
 */
export function permissionProblems(root: JsonObjectNode, intent: ScanRequest["intent"]): ManifestProblem[] {
  const permissions = root.members.find((member) => member.key === "permissions")?.value;
  if (permissions === undefined) return intent?.routed ? [missing(root)] : [];
  if (permissions.type !== "array") return [wrongShape(permissions, "The permissions are not an array")];
  const vocabulary = intent ? new Set(intent.permissions) : null;
  const seen = new Set<string>();
  return permissions.elements.flatMap((element) => {
    const value = element.type === "scalar" ? element.value : null;
    if (typeof value !== "string" || value === "") return [wrongShape(element, "A permission is not a non-empty string")];
    const problems = valueProblems(element, value, vocabulary);
    if (seen.has(value))
      problems.push({ rule: manifestRules.permissionTwice, offset: element.offset, what: "It is listed twice", evidence: value });
    seen.add(value);
    return problems;
  });
}

function valueProblems({ offset }: JsonNode, value: string, vocabulary: ReadonlySet<string> | null): ManifestProblem[] {
  if (value.includes("*")) return [{ rule: manifestRules.wildcard, offset, what: "It is a wildcard", evidence: value }];
  if (vocabulary === null || vocabulary.has(value)) return [];
  return [{ rule: manifestRules.unknownPermission, offset, what: "The host knows no such permission", evidence: value }];
}

function wrongShape({ offset }: JsonNode, what: string): ManifestProblem {
  return { rule: manifestRules.permissionsShape, offset, what };
}

function missing({ offset }: JsonObjectNode): ManifestProblem {
  return { rule: manifestRules.permissionsMissing, offset, what: 'There is no "permissions"' };
}
