import { CST } from "yaml";
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
/** Enough for 32 KiB of short keys and values. */
const MOST_PARTS = 20_000;

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
export function tokenProblem(lexemes: readonly string[]): FrontmatterProblem | null {
  const depth = new DepthGauge();
  const neighbours = new Neighbours();
  let parts = 0;
  for (const { type, source, offset } of tokensOf(lexemes)) {
    const found = forbidden.get(type);
    if (found) return { ...found, offset };
    if (neighbours.clash(type)) return { rule: frontmatterRules.syntax, offset, what: "Something is missing before this" };
    depth.see(type, source);
    if (depth.levels > MOST_DEPTH) return { rule: frontmatterRules.complexity, offset, what: `There are more than ${MOST_DEPTH} levels` };
    parts += 1;
    if (parts > MOST_PARTS) return { rule: frontmatterRules.complexity, offset, what: `There are more than ${MOST_PARTS} parts` };
  }
  return null;
}

interface Token {
  readonly type: CST.TokenType | null;
  readonly source: string;
  readonly offset: number;
}

/** The tokens of the text itself: without comments, spaces within a line, and the marks that the lexer puts between. */
function* tokensOf(lexemes: readonly string[]): Generator<Token> {
  let offset = 0;
  let isLineStart = true;
  let isScalarNext = false;
  for (const source of lexemes) {
    const type: CST.TokenType | null = isScalarNext ? null : CST.tokenType(source);
    isScalarNext = type === "scalar";
    if (type === "scalar" || type === "doc-mode" || type === "flow-error-end") continue;
    const isIndent = type === "space" && isLineStart;
    if (isIndent || (type !== "space" && type !== "comment")) yield { type, source, offset };
    offset += source.length;
    // A block scalar takes the line feed at its end with it.
    const endsLine = type === null && (source === "" || source.endsWith("\n"));
    if (endsLine) yield { type: "newline", source: "", offset };
    isLineStart = type === "newline" || endsLine;
  }
}

/**
 * Two values, or two commas, with nothing between them are an error in YAML, and so is a value that is a key as well. They are
 * found here because the library makes an error with a stack trace of each of thousands.
 */
class Neighbours {
  #last: NeighbourKind = "other";
  #isValueOfKey = false;

  clash(type: CST.TokenType | null): boolean {
    const kind = type === "map-value-ind" && this.#last !== "value" ? "other" : neighbourKind(type);
    const isTwice = kind === "value" && this.#last === "value";
    const isEmpty = kind === "comma" && (this.#last === "comma" || this.#last === "opening");
    const isKeyAgain = kind === "colon" && this.#last === "value" && this.#isValueOfKey;
    this.#isValueOfKey = kind === "value" ? this.#last === "colon" : kind === "colon" && this.#isValueOfKey;
    this.#last = kind;
    return isTwice || isEmpty || isKeyAgain;
  }
}

type NeighbourKind = "value" | "colon" | "comma" | "opening" | "other";

function neighbourKind(type: CST.TokenType | null): NeighbourKind {
  if (type === null || type === "single-quoted-scalar" || type === "double-quoted-scalar") return "value";
  if (type === "map-value-ind") return "colon";
  if (type === "flow-seq-start" || type === "flow-map-start") return "opening";
  return type === "comma" ? "comma" : "other";
}

/**
 * An upper bound of the nesting: open brackets, the indentations of the lines above, and the indicators of this line outside of
 * brackets, each of which can open one level.
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
    if (type === "newline") {
      this.#isLineStart = true;
      this.#column = 0;
      this.#indicators = 0;
    } else if (type === "space") {
      this.#column = source.length;
    } else {
      if (this.#isLineStart && this.#brackets === 0) this.#startLine();
      this.#isLineStart = false;
      this.#count(type);
    }
  }

  #startLine(): void {
    this.#indents = this.#indents.filter((indent) => indent < this.#column);
    this.#indents.push(this.#column);
  }

  #count(type: CST.TokenType | null): void {
    if (type === "flow-map-start" || type === "flow-seq-start") this.#brackets += 1;
    if (type === "flow-map-end" || type === "flow-seq-end") this.#brackets = Math.max(0, this.#brackets - 1);
    const isIndicator = type === "seq-item-ind" || type === "explicit-key-ind" || type === "map-value-ind";
    if (isIndicator && this.#brackets === 0) this.#indicators += 1;
  }
}
