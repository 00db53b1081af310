/** What one variant decides, one number after the other; the same numbers give the same variant. */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** In [0, below). */
  integer(below: number): number {
    const number = this.#numbers[this.#next % this.#numbers.length] ?? 0;
    // Once around, the same numbers must not decide the same things again.
    const turn = Math.floor(this.#next / this.#numbers.length);
    this.#next += 1;
    return (number + turn * 7_919) % below;
  }

  isChosen(share: number): boolean {
    return this.integer(1_000) < share * 1_000;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(items.length)];
    if (item === undefined) throw new RangeError("Nothing to pick from");
    return item;
  }
}
