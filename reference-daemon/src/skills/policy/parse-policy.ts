import type { CodedError } from "@flynn/sdk/kernel";
import type * as z from "zod";

import { configError } from "../../config/config-error.ts";
import type { ConfigErrorCode } from "../../config/config-error.ts";
import { JsonTextError } from "../../json/json-node.ts";
import type { JsonNode } from "../../json/json-node.ts";
import { readJsonValue } from "../../json/json-value.ts";
import { readStrictJson } from "../../json/strict-json.ts";
import { printable } from "../../text/printable.ts";
import { ruleCatalogue } from "../rules/catalogue.ts";
import { isSuppressible } from "../suppression/suppressible.ts";
import { positionAt } from "../text-position.ts";
import { nearestRuleId } from "./nearest-rule.ts";
import { keyOffset, valueOffset } from "./policy-place.ts";
import { skillPolicySchema } from "./policy-schema.ts";
import type { SkillPolicy } from "./policy-schema.ts";
import { actionProblem } from "./rule-actions.ts";

const MOST_DEPTH = 32;

/** Something that is wrong, and where, in UTF-16 code units. */
interface PolicyProblem {
  readonly offset: number;
  readonly what: string;
}

/** The policy that a text holds. Throws a `CodedError` with the code `INVALID`, whose message names the file, line and column. */
export function parsePolicy(text: string, path: string): SkillPolicy {
  const fail = ({ offset, what }: PolicyProblem, cause?: unknown): CodedError<ConfigErrorCode> => {
    const { line, column } = positionAt(text, offset);
    return configError("INVALID", `${path}:${line}:${column}: ${what}`, cause);
  };
  const { root, value } = readText(text, fail);
  const parsed = skillPolicySchema.safeParse(value);
  if (!parsed.success) throw fail(schemaProblem(root, parsed.error));
  const problem = ruleProblem(root, parsed.data);
  if (problem) throw fail(problem);
  return parsed.data;
}

function readText(text: string, fail: (problem: PolicyProblem, cause: unknown) => Error): { root: JsonNode; value: unknown } {
  try {
    return { root: readStrictJson(text, MOST_DEPTH), value: readJsonValue(text) };
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw fail({ offset: error.offset, what: printable(error.message) }, error);
  }
}

function schemaProblem(root: JsonNode, { issues: [issue] }: z.ZodError): PolicyProblem {
  if (issue === undefined) return { offset: 0, what: "It is not a policy" };
  const member = issue.path.map(String).join(".");
  const what = `${member === "" ? "" : `${printable(member)}: `}${printable(issue.message, 300)}`;
  const [unknown] = issue.code === "unrecognized_keys" ? issue.keys : [];
  return { offset: unknown === undefined ? valueOffset(root, issue.path) : keyOffset(root, issue.path, unknown), what };
}

/** A rule that is not there would be a promise that nobody keeps, and one that cannot be suppressed too. */
function ruleProblem(root: JsonNode, { actions, suppressions }: SkillPolicy): PolicyProblem | undefined {
  for (const [ruleId, action] of Object.entries(actions)) {
    const what = actionProblem(ruleId, action);
    if (what !== undefined) return { offset: keyOffset(root, ["actions"], ruleId), what: `actions: ${printable(what, 300)}` };
  }
  for (const [index, { rule }] of suppressions.entries()) {
    const what = suppressionProblem(rule);
    if (what === undefined) continue;
    return { offset: valueOffset(root, ["suppressions", index, "rule"]), what: `suppressions.${index}.rule: ${printable(what, 300)}` };
  }
  return undefined;
}

function suppressionProblem(ruleId: string): string | undefined {
  const rule = ruleCatalogue.find(({ id }) => id === ruleId);
  if (rule === undefined) return `There is no rule ${JSON.stringify(ruleId)}; the nearest is ${nearestRuleId(ruleId)}`;
  return isSuppressible(rule) ? undefined : `What ${ruleId} finds is never suppressed; change the skill`;
}
