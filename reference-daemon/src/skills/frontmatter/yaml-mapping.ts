import { Composer, Parser, isMap, isPair, isScalar, isSeq } from "yaml";
import type { CST, Document, Node, Pair, YAMLMap } from "yaml";
import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { frontmatterRules } from "../rules/metadata-rules.ts";
import type { FrontmatterProblem } from "./yaml-tokens.ts";

/** Keys are compared here, in linear time; the library compares each with all others. */
const PARSE_OPTIONS = { version: "1.2", schema: "core", strict: true, uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;

/** What is wrong with front matter whose tokens are all harmless. */
export function mappingProblems(lexemes: readonly string[]): FrontmatterProblem[] {
  const document = composed(lexemes);
  const error = document.errors[0];
  if (error) return [{ rule: frontmatterRules.syntax, offset: error.pos[0], what: `The YAML is not well-formed (${error.code})` }];
  const { contents } = document;
  if (contents !== null && !isMap(contents) && !isEmptyDocument(contents)) {
    return [{ rule: frontmatterRules.syntax, offset: contents.range[0], what: "The front matter is not a mapping" }];
  }
  const root = isMap(contents) ? contents : null;
  return [
    ...keyProblems(root),
    ...requiredProblems(root, "name", frontmatterRules.name),
    ...requiredProblems(root, "description", frontmatterRules.description),
  ];
}

/** The one document; there is no second one, because no token starts it. */
function composed(lexemes: readonly string[]): Document.Parsed {
  const length = lexemes.reduce((total, lexeme) => total + lexeme.length, 0);
  const [document] = new Composer(PARSE_OPTIONS).compose(syntaxTokens(lexemes), true, length);
  if (!document) throw new Error("The YAML library gave no document");
  return document;
}

function* syntaxTokens(lexemes: readonly string[]): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of lexemes) yield* parser.next(lexeme);
  yield* parser.end();
}

function isEmptyDocument(contents: Node): boolean {
  return isScalar(contents) && contents.value === null && contents.source === "";
}

function requiredProblems(root: YAMLMap | null, key: string, rule: RuleInfo): FrontmatterProblem[] {
  const pair = root?.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (!pair) return [{ rule, offset: 0, what: `There is no ${key}` }];
  const value = isScalar(pair.value) ? pair.value.value : undefined;
  if (typeof value === "string" && value.trim() !== "") return [];
  return [{ rule, offset: keyOffset(pair), what: `The ${key} is not a non-empty string` }];
}

function keyProblems(node: unknown): FrontmatterProblem[] {
  if (isSeq(node)) return node.items.flatMap(keyProblems);
  if (!isMap(node)) return [];
  return [...ownKeyProblems(node), ...node.items.flatMap((pair) => [...keyProblems(pair.key), ...keyProblems(pair.value)])];
}

function ownKeyProblems(map: YAMLMap): FrontmatterProblem[] {
  const seen = new Set<string>();
  const problems: FrontmatterProblem[] = [];
  for (const pair of map.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = String(pair.key.value);
    const offset = keyOffset(pair);
    if (seen.has(key)) problems.push({ rule: frontmatterRules.duplicateKey, offset, what: "This key is there twice", evidence: key });
    if (key === "<<" && pair.key.type === "PLAIN")
      problems.push({ rule: frontmatterRules.alias, offset, what: "There is a YAML merge key" });
    if (key === "__proto__") problems.push({ rule: frontmatterRules.dangerousKey, offset, what: "This key reaches into prototypes" });
    seen.add(key);
  }
  return problems;
}

function keyOffset(pair: Pair): number {
  return isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
