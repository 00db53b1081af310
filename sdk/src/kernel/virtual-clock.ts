import { sleepOn, timerDelay } from "./clock.ts";
import type { Clock, ClockReading, Timer } from "./clock.ts";

/** A timer that always re-arms itself with no delay would keep `set` from ever returning. */
const MOST_TIMERS_FIRED_AT_ONCE = 10_000;

/** What a {@link VirtualClock} tells whoever moves it. */
export interface TimerObserver {
  armed(timer: number, due: number): void;
  disarmed(timer: number): void;
}

export interface ClockMoved {
  readonly mono: number;
  /** The timers whose callbacks ran, in the order they ran. */
  readonly fired: readonly number[];
  /** When the next armed timer is due on the monotonic clock, or null when none is armed. */
  readonly next: number | null;
}

/** A clock that stands still until {@link VirtualClock.set}. Reads are local and synchronous. */
export class VirtualClock implements Clock {
  #reading: ClockReading;
  readonly #observer: TimerObserver | undefined;
  readonly #timers = new Map<number, { readonly due: number; readonly callback: () => void }>();
  #lastTimerId = 0;

  constructor(reading: ClockReading = { mono: 0, boot: 0, wall: 0 }, observer?: TimerObserver) {
    this.#reading = reading;
    this.#observer = observer;
  }

  mono(): number {
    return this.#reading.mono;
  }

  boot(): number {
    return this.#reading.boot;
  }

  wall(): number {
    return this.#reading.wall;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const due = this.#reading.mono + timerDelay(delayMs);
    this.#lastTimerId += 1;
    const id = this.#lastTimerId;
    this.#timers.set(id, { due, callback });
    this.#observer?.armed(id, due);
    return {
      id,
      [Symbol.dispose]: () => {
        if (this.#timers.delete(id)) this.#observer?.disarmed(id);
      },
    };
  }

  sleep(delayMs: number, options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    return sleepOn(this, delayMs, options.signal);
  }

  /** The armed timers in the order they will fire. */
  armed(): readonly { readonly timer: number; readonly due: number }[] {
    return [...this.#timers].map(([timer, { due }]) => ({ timer, due })).toSorted((a, b) => a.due - b.due || a.timer - b.timer);
  }

  /**
   * Moves to `reading` and, unless `fire` is false, runs the callbacks of all due timers in (due, id) order. Throws a
   * RangeError when the monotonic or the boot time would go back (the wall clock may) or a reading is not a finite number.
   * An error that a callback throws comes out of here; the timers after it stay armed.
   */
  set(reading: ClockReading & { readonly fire?: boolean | undefined }): ClockMoved {
    if (![reading.mono, reading.boot, reading.wall].every(Number.isFinite)) {
      throw new RangeError("A clock reading is three finite numbers of milliseconds");
    }
    if (reading.mono < this.#reading.mono || reading.boot < this.#reading.boot) {
      throw new RangeError("The monotonic and the boot clock cannot go back; only the wall clock can");
    }
    this.#reading = { mono: reading.mono, boot: reading.boot, wall: reading.wall };
    const fired = reading.fire === false ? [] : this.#fireDue();
    return { mono: this.#reading.mono, fired, next: this.armed()[0]?.due ?? null };
  }

  #fireDue(): number[] {
    const fired: number[] = [];
    for (let next = this.armed()[0]; next && next.due <= this.#reading.mono; next = this.armed()[0]) {
      if (fired.length === MOST_TIMERS_FIRED_AT_ONCE) {
        throw new RangeError(`${MOST_TIMERS_FIRED_AT_ONCE} timers fired at one instant; one of them re-arms itself with no delay`);
      }
      const callback = this.#timers.get(next.timer)?.callback;
      this.#timers.delete(next.timer);
      fired.push(next.timer);
      callback?.();
    }
    return fired;
  }
}
