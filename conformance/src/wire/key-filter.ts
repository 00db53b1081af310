const BITS = 20;
const FACTOR = 31;

/**
 * Where in a text one of many keys of the same length may begin. It passes over most places in a few operations, without a copy
 * of a part of the text; a place that it names is still to be looked at.
 */
export class KeyFilter {
  readonly #bits = new Uint32Array(2 ** (BITS - 5));
  readonly #length: number;
  readonly #highest: number;

  constructor(length: number) {
    this.#length = length;
    this.#highest = Array.from({ length: length - 1 }).reduce<number>((power) => Math.imul(power, FACTOR), 1);
  }

  add(key: string): void {
    const slot = slotOf(this.#hash(key, 0));
    this.#bits[slot >>> 5] = (this.#bits[slot >>> 5] ?? 0) | (1 << (slot & 31));
  }

  /** In order, from `from`. */
  *candidates(text: string, from: number): Generator<number, void> {
    if (from + this.#length > text.length) return;
    let hash = this.#hash(text, from);
    for (let at = from; ; at += 1) {
      const slot = slotOf(hash);
      if (((this.#bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) yield at;
      const next = at + this.#length;
      if (next >= text.length) return;
      hash = (Math.imul(hash - Math.imul(text.charCodeAt(at), this.#highest), FACTOR) + text.charCodeAt(next)) | 0;
    }
  }

  #hash(text: string, from: number): number {
    let hash = 0;
    for (let at = from; at < from + this.#length; at += 1) hash = (Math.imul(hash, FACTOR) + text.charCodeAt(at)) | 0;
    return hash;
  }
}

/** The upper bits of a product depend on all of a hash. */
function slotOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - BITS);
}
