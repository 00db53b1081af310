import { LiteralAutomaton } from "./literal-automaton.ts";
import type { OnLiteral } from "./literal-automaton.ts";

const LAST_ASCII = 0x7f;

/**
 * Finds every occurrence of many literals. Those in ASCII, which are nearly all, have an automaton of their own, whose table
 * is a third of what one for all scripts would need; the other one runs where a text is not ASCII alone.
 */
export class LiteralMatcher {
  readonly #ascii: LiteralAutomaton;
  readonly #others: LiteralAutomaton;

  constructor(literals: readonly string[]) {
    const numbered = literals.map((literal, number) => ({ literal: checked(literal), number }));
    this.#ascii = new LiteralAutomaton(numbered.filter(({ literal }) => isAscii(literal)));
    this.#others = new LiteralAutomaton(numbered.filter(({ literal }) => !isAscii(literal)));
  }

  /** Those in ASCII first; among these and among the others, in the order in which they end, longer ones first. */
  find(text: string, onLiteral: OnLiteral): void {
    const bits = this.#ascii.find(text, onLiteral);
    if (bits > LAST_ASCII) this.#others.find(text, onLiteral);
  }
}

function checked(literal: string): string {
  if (literal === "" || /[A-Z]/u.test(literal)) throw new RangeError(`A literal is empty or not in lower case: ${literal}`);
  return literal;
}

function isAscii(literal: string): boolean {
  return Array.from({ length: literal.length }, (_, at) => literal.charCodeAt(at)).every((unit) => unit <= LAST_ASCII);
}
