import { Lexer } from "yaml";
import type { Finding } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { frontmatterRules } from "../rules/metadata-rules.ts";
import type { ScannedFile } from "../scanned-file.ts";
import { positionAt } from "../text-position.ts";
import type { SizeLimits } from "../tree/size-limits.ts";
import { findFrontmatter } from "./find-frontmatter.ts";
import { isPlainMapping } from "./plain-mapping.ts";
import { mappingProblems } from "./yaml-mapping.ts";
import { tokenProblem } from "./yaml-tokens.ts";
import type { FrontmatterProblem } from "./yaml-tokens.ts";

const MOST_FINDINGS = 20;
/** YAML has no such characters, and a carriage return alone is a line end to some programs only. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\r(?!\n)/u;

/** The rules for the front matter of the skill's `SKILL.md`. Throws a LimitBreach if it is too large. */
export function checkFrontmatter({ path, text }: ScannedFile, sizes: SizeLimits): Finding[] {
  if (text === null) return [finding(frontmatterRules.notText, { path, what: "It is not UTF-8 text" })];
  const span = findFrontmatter(text);
  if (typeof span === "string") return [finding(frontmatterRules.fence, { path, what: span, position: { line: 1, column: 1 } })];
  const yaml = text.slice(span.start, span.end);
  sizes.checkFrontmatter(path, Buffer.byteLength(yaml));
  return problemsIn(yaml)
    .slice(0, MOST_FINDINGS)
    .map(({ rule, offset, what, evidence }) => finding(rule, { path, what, evidence, position: positionAt(text, span.start + offset) }));
}

/** All that is wrong with the text between the fences. */
function problemsIn(yaml: string): FrontmatterProblem[] {
  return isPlainMapping(yaml) ? [] : libraryProblems(yaml);
}

/** The same for any text, without the short way for the plain ones. */
export function libraryProblems(yaml: string): FrontmatterProblem[] {
  const control = CONTROL.exec(yaml);
  if (control) return [{ rule: frontmatterRules.syntax, offset: control.index, what: "There is a control character" }];
  const lexemes = [...new Lexer().lex(yaml)];
  const problem = tokenProblem(lexemes);
  return problem ? [problem] : mappingProblems(lexemes);
}
