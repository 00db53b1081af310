import { Lexer, parse } from "yaml";

import { findFrontmatter } from "../frontmatter/find-frontmatter.ts";
import { mappingProblems } from "../frontmatter/yaml-mapping.ts";
import { tokenProblem } from "../frontmatter/yaml-tokens.ts";

/** What a SKILL.md says. */
export interface SkillDocument {
  readonly name: string;
  readonly description: string;
  /** Everything after the line that closes the front matter, as it stands there. */
  readonly body: string;
}

/** As a scan composes it. Keys are compared there, in linear time. */
const PARSE_OPTIONS = {
  version: "1.2",
  schema: "core",
  strict: true,
  uniqueKeys: false,
  maxAliasCount: 0,
  prettyErrors: false,
  // Quieter than this, the library does not throw.
  logLevel: "error",
} as const;

/** Null if the bytes are no SKILL.md; a scanner has said why. Takes linear time, whatever the bytes. */
export function skillDocument(bytes: Buffer): SkillDocument | null {
  const text = bytes.toString("utf8");
  const span = findFrontmatter(text);
  if (typeof span === "string") return null;
  const fields = mappingOf(text.slice(span.start, span.end));
  const name = stringField(fields, "name");
  const description = stringField(fields, "description");
  if (name === null || description === null) return null;
  const lineFeed = text.indexOf("\n", span.end);
  return { name, description, body: lineFeed < 0 ? "" : text.slice(lineFeed + 1) };
}

/** Nothing is composed here that a scan would refuse, whatever was said about it. */
function mappingOf(yaml: string): unknown {
  const lexemes = [...new Lexer().lex(yaml)];
  if (tokenProblem(lexemes) ?? mappingProblems(lexemes)[0]) return null;
  try {
    return parse(yaml, PARSE_OPTIONS);
  } catch {
    return null;
  }
}

/** Without the white space around it, which depends on how YAML was written and not on what it says. */
function stringField(fields: unknown, key: string): string | null {
  if (typeof fields !== "object" || fields === null || !Object.hasOwn(fields, key)) return null;
  const value = (fields as Record<string, unknown>)[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
