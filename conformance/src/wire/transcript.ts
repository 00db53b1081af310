/** One line that crossed the wire, or that the subject wrote to stderr. */
export interface TranscriptLine {
  readonly direction: "to-subject" | "from-subject" | "stderr";
  readonly text: string;
  /** Milliseconds of real time since the case began. */
  readonly atMs: number;
}

const MOST_LINES = 400;
const LONGEST_LINE = 2_000;

/** What was said in one case, bounded; long lines are cut and old ones dropped, and both are said. */
export class Transcript {
  readonly #startedAt: number;
  readonly #lines: TranscriptLine[] = [];
  #dropped = 0;

  /** `startedAt` is what `performance.now()` said when the case began. */
  constructor(startedAt = performance.now()) {
    this.#startedAt = startedAt;
  }

  add(direction: TranscriptLine["direction"], text: string): void {
    const cut = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} … (${text.length - LONGEST_LINE} more characters)` : text;
    const atMs = Math.round((performance.now() - this.#startedAt) * 10) / 10;
    this.#lines.push({ direction, text: cut, atMs });
    if (this.#lines.length > MOST_LINES) {
      this.#lines.shift();
      this.#dropped += 1;
    }
  }

  lines(): readonly TranscriptLine[] {
    const first: TranscriptLine[] =
      this.#dropped > 0 ? [{ direction: "stderr", text: `(${this.#dropped} earlier lines dropped)`, atMs: 0 }] : [];
    return [...first, ...this.#lines];
  }
}
