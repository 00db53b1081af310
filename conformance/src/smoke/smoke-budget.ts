import type { Bounds } from "../wire/bounds.ts";
import { DEFAULT_BOUNDS } from "../wire/bounds.ts";

/** All that a smoke run may take, give or take what ends it. */
const TOTAL_MS = 10_000;

/** Less than in a run, because a subject that does not even greet must not take more than all of the time. */
const HELLO_MS = 8_000;

/** Even a subject that has used the time up gets this long for one more answer, so that it is not blamed for the others. */
const LEAST_MS = 500;
const LEAST_EXIT_MS = 2_000;

/** The bounds of a run, cut to what is left of the time. A session asks for each when it begins to wait. */
export class SmokeBudget implements Bounds {
  readonly late = 500;
  readonly #until = performance.now() + TOTAL_MS;

  get remaining(): number {
    return Math.max(0, this.#until - performance.now());
  }

  get hello(): number {
    return HELLO_MS;
  }

  get answer(): number {
    return Math.round(Math.max(LEAST_MS, Math.min(DEFAULT_BOUNDS.answer, this.remaining)));
  }

  get exit(): number {
    return Math.round(Math.max(LEAST_EXIT_MS, Math.min(DEFAULT_BOUNDS.exit, this.remaining)));
  }
}
