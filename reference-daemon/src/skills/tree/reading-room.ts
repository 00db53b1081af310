/** As much as a file may have by default, and the byte behind it. */
const ROOM_BYTES = 1_048_577;
const MOST_FREE = 4;

const free: Buffer[] = [];

/**
 * A place for the bytes of one file after the other. New memory for each file costs more than reading it, since the system has to
 * find, clear and map every page of it.
 */
export class ReadingRoom implements Disposable {
  #bytes: Buffer | undefined;

  /** Bytes that hold something, until the next call. Null for more than a room has. */
  for(size: number): Buffer | null {
    if (size > ROOM_BYTES) return null;
    this.#bytes ??= free.pop() ?? Buffer.allocUnsafeSlow(ROOM_BYTES);
    return this.#bytes;
  }

  /** Leaves the place to the next scan. */
  [Symbol.dispose](): void {
    if (this.#bytes && free.length < MOST_FREE) free.push(this.#bytes);
    this.#bytes = undefined;
  }
}
