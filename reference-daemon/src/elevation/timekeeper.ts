import type { Clock, ClockReading } from "@flynn/sdk/kernel";

/** A wall clock is set right by a little now and then; further back is somebody's doing. */
const ROLLBACK_TOLERANCE_MS = 1_000;

/** Reads the three clocks, and remembers how far the wall clock has come. */
export class Timekeeper {
  readonly #clock: Clock;
  #highestWall: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#highestWall = clock.wall();
  }

  /** What the clocks show, and nothing else. */
  reading(): ClockReading {
    return { mono: this.#clock.mono(), boot: this.#clock.boot(), wall: this.#clock.wall() };
  }

  /** `isRolledBack` is told once for each time that the wall clock went back. */
  read(): { readonly reading: ClockReading; readonly isRolledBack: boolean } {
    const reading = this.reading();
    const isRolledBack = reading.wall < this.#highestWall - ROLLBACK_TOLERANCE_MS;
    this.#highestWall = isRolledBack ? reading.wall : Math.max(this.#highestWall, reading.wall);
    return { reading, isRolledBack };
  }
}

/** A stretch of time that is over as soon as any of the three clocks says so. */
export class TimeLimit {
  readonly #start: ClockReading;
  readonly #limitMs: number;

  constructor(start: ClockReading, limitMs: number) {
    this.#start = start;
    this.#limitMs = limitMs;
  }

  /** 0 once it is over. */
  remainingMs({ mono, boot, wall }: ClockReading): number {
    const elapsedMs = Math.max(mono - this.#start.mono, boot - this.#start.boot, wall - this.#start.wall);
    return Math.max(0, this.#limitMs - elapsedMs);
  }

  isOver(reading: ClockReading): boolean {
    return this.remainingMs(reading) <= 0;
  }

  /** The same start with a limit that is no longer than before. */
  shortenedTo(limitMs: number): TimeLimit {
    return new TimeLimit(this.#start, Math.min(this.#limitMs, limitMs));
  }
}
