/** The three readings of one instant, each in milliseconds. */
export interface ClockReading {
  /** Monotonic, stops while the machine is suspended. The origin is arbitrary. */
  readonly mono: number;
  /** Monotonic, runs on while the machine is suspended. The origin is arbitrary. */
  readonly boot: number;
  /** Unix time. May jump in either direction. */
  readonly wall: number;
}

/** A timer that has not fired yet. Disposing it means that its callback never runs. */
export interface Timer extends Disposable {
  readonly id: number;
}

/**
 * The only source of time in Flynn. Code that reads the time or waits takes a `Clock`; it never calls `Date.now`,
 * `performance.now` or `setTimeout`. A fired timer is a notification, never an authority: whatever expires must be found
 * to have expired by reading the clock, because a timer may fire late or not at all.
 */
export interface Clock {
  /** Milliseconds of {@link ClockReading.mono}. */
  mono(): number;
  /** Milliseconds of {@link ClockReading.boot}. */
  boot(): number;
  /** Milliseconds of {@link ClockReading.wall}. */
  wall(): number;
  /**
   * Calls `callback` once, `delayMs` of monotonic time from now or later. A negative delay counts as 0; one that is not a
   * finite number is a RangeError, because a timer that can never be due has no due time to tell anybody.
   */
  setTimer(delayMs: number, callback: () => void): Timer;
  /** Resolves `delayMs` of monotonic time from now or later; rejects with the signal's reason once it is aborted. */
  sleep(delayMs: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
}

/** The delay that {@link Clock.setTimer} counts with. */
export function timerDelay(delayMs: number): number {
  if (!Number.isFinite(delayMs)) throw new RangeError(`A timer needs a finite number of milliseconds; it was given ${delayMs}`);
  return Math.max(0, delayMs);
}

/** {@link Clock.sleep} for any clock that has timers. */
export function sleepOn(clock: Pick<Clock, "setTimer">, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      timer[Symbol.dispose]();
      reject(signal?.reason as Error);
    };
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
