/** One literal that was seen: its number, and where it ends in the text (exclusive), in UTF-16 code units. */
export type OnLiteral = (literal: number, end: number) => void;

/**
 * Finds every occurrence of many literals in one pass over a text, in time that depends on the length of the text alone
 * (Aho and Corasick, 1975), whatever the text is. ASCII letters are compared without regard to case.
 */
export class LiteralMatcher {
  /** Code units that no literal holds share class 0. */
  readonly #classOf = new Uint8Array(0x10000);
  /**
   * The row of the next state, by `row + class`; its complement where literals end in that state, so that one comparison
   * tells the two apart.
   */
  readonly #next: Int32Array;
  /** The literals that end in a state, longest first. */
  readonly #endings: readonly (readonly number[])[];
  readonly #classes: number;

  constructor(literals: readonly string[]) {
    this.#classes = this.#classify(literals);
    const { next, endings } = automaton(
      literals.map((literal) => this.#classesOf(literal)),
      this.#classes,
    );
    this.#endings = endings;
    this.#next = next.map((state) => (endings[state]?.length === 0 ? state * this.#classes : ~(state * this.#classes)));
  }

  find(text: string, onLiteral: OnLiteral): void {
    const classOf = this.#classOf;
    const next = this.#next;
    const { length } = text;
    let row = 0;
    for (let index = 0; index < length; index += 1) {
      row = next[row + (classOf[text.charCodeAt(index)] as number)] as number;
      if (row < 0) {
        row = ~row;
        for (const literal of this.#endings[row / this.#classes] ?? []) onLiteral(literal, index + 1);
      }
    }
  }

  #classify(literals: readonly string[]): number {
    let classes = 1;
    for (const unit of literals.join("")) {
      for (const half of unit.split("")) {
        const code = half.charCodeAt(0);
        if (this.#classOf[code] !== 0) continue;
        this.#classOf[code] = classes;
        const upper = half >= "a" && half <= "z" ? half.toUpperCase().charCodeAt(0) : code;
        this.#classOf[upper] = classes;
        classes += 1;
      }
    }
    if (classes > 256) throw new RangeError("The literals hold more than 255 different characters");
    return classes;
  }

  #classesOf(literal: string): number[] {
    if (literal === "" || /[A-Z]/u.test(literal)) throw new RangeError(`A literal is empty or not in lower case: ${literal}`);
    return Array.from({ length: literal.length }, (_, index) => this.#classOf[literal.charCodeAt(index)] ?? 0);
  }
}

interface Automaton {
  readonly next: Int32Array;
  readonly endings: readonly (readonly number[])[];
}

/** States are numbered from 0, the root; `next` is complete, so that the search never goes back. */
function automaton(literals: readonly (readonly number[])[], classes: number): Automaton {
  const most = literals.reduce((sum, literal) => sum + literal.length, 1);
  const next = new Int32Array(most * classes);
  const endings: number[][] = [[]];
  let states = 1;
  for (const [number, literal] of literals.entries()) {
    let state = 0;
    for (const symbol of literal) {
      const at = state * classes + symbol;
      if (next[at] === 0) {
        next[at] = states;
        endings.push([]);
        states += 1;
      }
      state = next[at] ?? 0;
    }
    endings[state]?.push(number);
  }
  linkFailures(next, endings, classes);
  return { next: next.slice(0, states * classes), endings };
}

function linkFailures(next: Int32Array, endings: number[][], classes: number): void {
  const failure = new Int32Array(endings.length);
  const queue: number[] = [];
  for (let symbol = 0; symbol < classes; symbol += 1) {
    const child = next[symbol] ?? 0;
    if (child !== 0) queue.push(child);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const fallback = failure[state] ?? 0;
    endings[state]?.push(...(endings[fallback] ?? []));
    for (let symbol = 0; symbol < classes; symbol += 1) {
      const at = state * classes + symbol;
      const child = next[at] ?? 0;
      const viaFallback = next[fallback * classes + symbol] ?? 0;
      if (child === 0) {
        next[at] = viaFallback;
      } else {
        failure[child] = viaFallback;
        queue.push(child);
      }
    }
  }
}
