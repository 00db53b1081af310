import type { Clock, ClockReading } from "@flynn/sdk/kernel";

const ROLLBACK_MS = 1_000;

/**
 * When the grant of a call is over, for those who cannot ask the gate. It may be over sooner, as the gate then tells; never later.
 * The largest of three clocks counts, and a wall clock that goes back ends it, as with the gate.
 */
export class GrantDeadline {
  readonly #clock: Clock;
  readonly #from: ClockReading;
  readonly #remainingMs: number;

  /** `remainingMs` counts from `from`, which is to be read before the gate is asked. */
  constructor(clock: Clock, from: ClockReading, remainingMs: number) {
    this.#clock = clock;
    this.#from = from;
    this.#remainingMs = remainingMs;
  }

  isOver(): boolean {
    const { mono, boot, wall } = readingOf(this.#clock);
    const elapsed = Math.max(mono - this.#from.mono, boot - this.#from.boot, wall - this.#from.wall);
    return elapsed >= this.#remainingMs || wall < this.#from.wall - ROLLBACK_MS;
  }
}

export function readingOf(clock: Clock): ClockReading {
  return { mono: clock.mono(), boot: clock.boot(), wall: clock.wall() };
}
