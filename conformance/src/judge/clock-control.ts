import type { ClockReading } from "@flynn/sdk/kernel";

/**
 * The case's hand on the subject's time. The host owns time and the subject owns timers; a move is delivered when it
 * returns, which is not to say that what it started is done. So a case moves time only after something that it awaited.
 */
export interface ClockControl {
  /** What the subject's clock shows. */
  readonly reading: ClockReading;
  /** The due times, on the monotonic clock, of the timers that the subject has armed. */
  readonly armed: readonly number[];
  /**
   * How much later than `reading` the subject's clock may be, in milliseconds: 0 for a virtual clock. A boundary is looked at
   * from this far before it and this far after.
   */
  readonly slackMs: number;
  /** Moves all three clocks on by `ms`, stopping at each timer that falls due on the way. */
  advance(ms: number): Promise<void>;
  /** Moves each clock by its own amount in one step; `fire: false` means that no timer fires. */
  jump(by: Partial<ClockReading> & { readonly fire?: boolean }): Promise<void>;
}
