import type { Clock } from "@flynn/sdk/kernel";

import type { OutputStream } from "./streams.ts";

const MS_BETWEEN_LOOKS = 100;
const WIDTH = 24;
const CLEAR_LINE = "\r\u001B[2K";

/**
 * One line on a terminal that says how far a scan is. Of our own because the libraries for this read the time themselves and draw
 * with timers that outlive an error; this one draws when a skill is done, so that there is nothing to stop.
 */
export class ScanProgress {
  readonly #stream: OutputStream;
  readonly #clock: Pick<Clock, "mono">;
  readonly #total: number;
  readonly #startedAt: number;
  #done = 0;
  #drawnAt: number;
  #isShown = false;

  constructor(stream: OutputStream, clock: Pick<Clock, "mono">, total: number) {
    this.#stream = stream;
    this.#clock = clock;
    this.#total = total;
    this.#startedAt = clock.mono();
    this.#drawnAt = this.#startedAt;
  }

  add(count: number): void {
    this.#done += count;
    const now = this.#clock.mono();
    if (now - this.#drawnAt < MS_BETWEEN_LOOKS) return;
    this.#drawnAt = now;
    this.#isShown = true;
    this.#stream.write(`${CLEAR_LINE}${this.#line(now)}`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }

  #line(now: number): string {
    const share = this.#done / this.#total;
    const rate = this.#done / ((now - this.#startedAt) / 1_000);
    const filled = Math.round(share * WIDTH);
    const bar = `${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}`;
    const left = Math.ceil((this.#total - this.#done) / rate);
    return `[${bar}] ${this.#done}/${this.#total} skills  ${rate.toFixed(0)}/s  ${spelled(left)} left`;
  }
}

function spelled(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
