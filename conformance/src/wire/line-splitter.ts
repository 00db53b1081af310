import { LARGEST_FRAME_BYTES } from "@flynn/sdk/wire";

/** Cuts a byte stream into lines. A line over the frame limit is cut at the limit, so that memory stays bounded. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end));
      const line = Buffer.concat(this.#pending).toString("utf8");
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#onLine(line);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  get unfinished(): string {
    return Buffer.concat(this.#pending).toString("utf8");
  }

  #keep(part: Buffer): void {
    const room = LARGEST_FRAME_BYTES + 1 - this.#pendingBytes;
    const kept = part.subarray(0, Math.max(0, room));
    if (kept.length > 0) this.#pending.push(kept);
    this.#pendingBytes += kept.length;
  }
}
