import { uptime } from "node:os";

import { sleepOn, timerDelay } from "./clock.ts";
import type { Clock, Timer } from "./clock.ts";

/** setTimeout fires at once for anything above this, so longer waits are cut in pieces. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's own time. Timers keep the process alive. */
export class SystemClock implements Clock {
  #lastTimerId = 0;

  mono(): number {
    return performance.now();
  }

  boot(): number {
    return uptime() * 1000;
  }

  wall(): number {
    return Date.now();
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const delay = timerDelay(delayMs);
    const due = this.mono() + delay;
    let handle: NodeJS.Timeout;
    const wait = (): void => {
      const remainingMs = due - this.mono();
      if (remainingMs <= 0) callback();
      else handle = setTimeout(wait, Math.min(Math.ceil(remainingMs), LONGEST_TIMEOUT_MS));
    };
    handle = setTimeout(wait, Math.min(Math.ceil(delay), LONGEST_TIMEOUT_MS));
    this.#lastTimerId += 1;
    return { id: this.#lastTimerId, [Symbol.dispose]: () => clearTimeout(handle) };
  }

  sleep(delayMs: number, options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    return sleepOn(this, delayMs, options.signal);
  }
}
