import { createHash } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A stream of choices that a seed and a label decide. Not for secrets. */
export class Random {
  readonly #seed: string;
  #block: Buffer = Buffer.alloc(0);
  #offset = 0;
  #blocks = 0;
  readonly #texts = new Set<string>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The texts that were made up or picked so far: what a message owes to the seed. */
  get texts(): ReadonlySet<string> {
    return this.#texts;
  }

  /** Uniform in [0, below). */
  integer(below: number): number {
    return this.#next() % below;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(items.length)];
    if (item === undefined) throw new RangeError("Nothing to pick from");
    if (typeof item === "string") this.#texts.add(item);
    return item;
  }

  /** A file name or word of `length` lower-case letters. */
  word(length = 10): string {
    const word = Array.from({ length }, () => LETTERS[this.integer(LETTERS.length)]).join("");
    this.#texts.add(word);
    return word;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.integer(256)));
  }

  #next(): number {
    if (this.#offset + 4 > this.#block.length) {
      this.#block = createHash("sha256").update(`${this.#seed}\0${this.#blocks}`).digest();
      this.#blocks += 1;
      this.#offset = 0;
    }
    const value = this.#block.readUInt32LE(this.#offset);
    this.#offset += 4;
    return value;
  }
}
