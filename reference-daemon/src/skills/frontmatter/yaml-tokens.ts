import { CST, Lexer } from "yaml";
import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { frontmatterRules } from "../rules/metadata-rules.ts";

/** What is wrong at one place of the front matter; the offset counts from its start. */
export interface FrontmatterProblem {
  readonly rule: RuleInfo;
  readonly offset: number;
  readonly what: string;
  readonly evidence?: string;
}

const MOST_DEPTH = 16;
const MOST_TOKENS = 20_000;
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\r(?!\n)/u;

interface Forbidden {
  readonly rule: RuleInfo;
  readonly what: string;
}

const forbidden = new Map<CST.TokenType | null, Forbidden>([
  ["anchor", { rule: frontmatterRules.alias, what: "There is a YAML anchor" }],
  ["alias", { rule: frontmatterRules.alias, what: "There is a YAML alias" }],
  ["tag", { rule: frontmatterRules.tag, what: "There is a YAML tag" }],
  ["directive-line", { rule: frontmatterRules.documents, what: "There is a YAML directive" }],
  ["doc-start", { rule: frontmatterRules.documents, what: "Another document starts" }],
  ["doc-end", { rule: frontmatterRules.documents, what: "The document ends before the front matter does" }],
]);

/**
 * The first thing that must not be composed: what refers, what names a type, what starts another document, and what is nested
 * too deep. It looks at tokens, so that a sign within a quoted or plain text is no finding, and takes linear time.
 */
export function tokenProblem(yaml: string): FrontmatterProblem | null {
  const control = CONTROL.exec(yaml);
  if (control) return { rule: frontmatterRules.syntax, offset: control.index, what: "There is a control character" };
  const depth = new DepthGauge();
  let offset = 0;
  let tokens = 0;
  let isScalarNext = false;
  for (const source of new Lexer().lex(yaml)) {
    const type: CST.TokenType | null = isScalarNext ? "scalar" : CST.tokenType(source);
    const found: Forbidden | undefined = forbidden.get(type);
    if (found) return { ...found, offset };
    tokens += 1;
    depth.see(type, source);
    if (depth.levels > MOST_DEPTH) return { rule: frontmatterRules.complexity, offset, what: `There are more than ${MOST_DEPTH} levels` };
    if (tokens > MOST_TOKENS) return { rule: frontmatterRules.complexity, offset, what: "There are too many parts" };
    const isMark = type === "doc-mode" || type === "flow-error-end" || (type === "scalar" && !isScalarNext);
    isScalarNext = type === "scalar" && !isScalarNext;
    if (!isMark) offset += source.length;
  }
  return null;
}

/**
 * An upper bound of the nesting: open brackets, the indentations of the lines above, and the indicators of this line, each of
 * which can open one level.
 */
class DepthGauge {
  #brackets = 0;
  #indicators = 0;
  #column = 0;
  #indents: number[] = [];
  #isLineStart = true;

  get levels(): number {
    return this.#brackets + this.#indents.length + this.#indicators;
  }

  see(type: CST.TokenType | null, source: string): void {
    if (type === "flow-map-start" || type === "flow-seq-start") this.#brackets += 1;
    if (type === "flow-map-end" || type === "flow-seq-end") this.#brackets -= 1;
    if (type === "newline") {
      this.#isLineStart = true;
      this.#column = 0;
      this.#indicators = 0;
      return;
    }
    if (type === "space" && this.#isLineStart) {
      this.#column = source.length;
      return;
    }
    if (this.#isLineStart && type !== "comment" && type !== "doc-mode") this.#startLine();
    if (type === "seq-item-ind" || type === "explicit-key-ind" || type === "map-value-ind") this.#indicators += 1;
  }

  #startLine(): void {
    this.#isLineStart = false;
    this.#indents = this.#indents.filter((indent) => indent < this.#column);
    if (this.#brackets === 0) this.#indents.push(this.#column);
  }
}
