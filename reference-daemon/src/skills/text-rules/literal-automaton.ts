/** One literal that was seen: its number, and where it ends in the text (exclusive), in UTF-16 code units. */
export type OnLiteral = (literal: number, end: number) => void;

/** A literal, and the number under which it is told. */
export interface NumberedLiteral {
  readonly number: number;
  readonly literal: string;
}

/**
 * Finds every occurrence of some literals in one pass over a text, in time that depends on the length of the text alone
 * (Aho and Corasick, 1975). ASCII letters are compared without regard to case.
 */
export class LiteralAutomaton {
  /** Code units that no literal holds share class 0. */
  readonly #classOf = new Uint16Array(0x10000);
  readonly #classes: number;
  /** The literal that ends in a state, or -1. */
  readonly #ending: Int32Array;
  /** The state in which the next shorter literal ends that ends at the same place, or 0. */
  readonly #shorter: Int32Array;
  /**
   * The row of the next state, by `row + class`; its complement where literals end in that state, so that one comparison
   * tells the two apart. States are numbered by depth: those that are met most lie together.
   */
  readonly #next: Int32Array;

  constructor(literals: readonly NumberedLiteral[]) {
    this.#classes = this.#classify(literals);
    const most = literals.reduce((sum, { literal }) => sum + literal.length, 1);
    this.#ending = new Int32Array(most).fill(-1);
    this.#shorter = new Int32Array(most);
    // Pages beyond the last state are never touched, and cost nothing: no copy is made to be rid of them.
    this.#next = new Int32Array(most * this.#classes);
    this.#link(this.#grow(literals));
  }

  /** Gives every bit that a code unit of the text has, so that the caller sees whether all of them are ASCII. */
  find(text: string, onLiteral: OnLiteral): number {
    const classOf = this.#classOf;
    const next = this.#next;
    const { length } = text;
    let row = 0;
    let bits = 0;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      bits |= unit;
      row = next[row + (classOf[unit] as number)] as number;
      if (row < 0) {
        row = ~row;
        this.#tell(row / this.#classes, index + 1, onLiteral);
      }
    }
    return bits;
  }

  #tell(last: number, end: number, onLiteral: OnLiteral): void {
    for (let state = last; state !== 0; state = this.#shorter[state] ?? 0) {
      const literal = this.#ending[state] ?? -1;
      if (literal >= 0) onLiteral(literal, end);
    }
  }

  #classify(literals: readonly NumberedLiteral[]): number {
    let classes = 1;
    for (const { literal } of literals) {
      for (let index = 0; index < literal.length; index += 1) {
        const unit = literal.charCodeAt(index);
        if (this.#classOf[unit] !== 0) continue;
        this.#classOf[unit] = classes;
        if (unit >= 0x61 && unit <= 0x7a) this.#classOf[unit - 0x20] = classes;
        classes += 1;
      }
    }
    return classes;
  }

  /** All literals at once, one unit deeper each time; gives the number of states. */
  #grow(literals: readonly NumberedLiteral[]): number {
    const next = this.#next;
    const reached = new Int32Array(literals.length);
    let states = 1;
    let growing = literals.map((_, at) => at);
    for (let depth = 0; growing.length > 0; depth += 1) {
      growing = growing.filter((at) => {
        const { literal = "", number = -1 } = literals[at] ?? {};
        const slot = (reached[at] ?? 0) * this.#classes + (this.#classOf[literal.charCodeAt(depth)] ?? 0);
        if (next[slot] === 0) {
          next[slot] = states;
          states += 1;
        }
        const state = next[slot] ?? 0;
        reached[at] = state;
        if (literal.length === depth + 1) this.#ending[state] = number;
        return literal.length > depth + 1;
      });
    }
    return states;
  }

  /** Makes the table complete, so that the search never goes back. What a state falls back to is above it, and done before it. */
  #link(states: number): void {
    const next = this.#next;
    const classes = this.#classes;
    const fallback = new Int32Array(states);
    for (let state = 0; state < states; state += 1) {
      const row = state * classes;
      const fallbackRow = (fallback[state] ?? 0) * classes;
      for (let symbol = 0; symbol < classes; symbol += 1) {
        const child = next[row + symbol] ?? 0;
        const viaFallback = state === 0 ? 0 : (next[fallbackRow + symbol] ?? 0);
        if (child === 0) {
          next[row + symbol] = viaFallback;
        } else {
          fallback[child] = (viaFallback < 0 ? ~viaFallback : viaFallback) / classes;
          next[row + symbol] = this.#isEnding(child, fallback[child] ?? 0) ? ~(child * classes) : child * classes;
        }
      }
    }
  }

  #isEnding(state: number, fallback: number): boolean {
    const shorter = (this.#ending[fallback] ?? -1) >= 0 ? fallback : (this.#shorter[fallback] ?? 0);
    this.#shorter[state] = shorter;
    return shorter !== 0 || (this.#ending[state] ?? -1) >= 0;
  }
}
