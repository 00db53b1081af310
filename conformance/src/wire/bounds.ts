/** Real-time bounds, in milliseconds. They tell a hang from an answer and are far above what a sound subject needs. */
export interface Bounds {
  readonly hello: number;
  readonly answer: number;
  /** How much longer a missing answer is waited for, only to be able to say "late" in place of "never". */
  readonly late: number;
  readonly exit: number;
}

export const DEFAULT_BOUNDS: Bounds = { hello: 10_000, answer: 5_000, late: 1_500, exit: 3_000 };
