import { setImmediate } from "node:timers/promises";

import { CodedError } from "@flynn/sdk/kernel";
import type { Clock } from "@flynn/sdk/kernel";
import type { SkillScannerErrorCode } from "@flynn/sdk/skill-scanner";

/** A step is at most one file's worth of work. The event loop gets a turn when either is used up. */
const STEPS_BETWEEN_TURNS = 64;
const MS_BETWEEN_TURNS = 20;

/**
 * Runs scans in steps, so that the event loop gets a turn in time and an abort is seen there. Steps are counted across scans,
 * because many short scans in a row would starve the loop as well; they are counted beside the clock, because an injected
 * clock may stand still.
 */
export class Pacing {
  readonly #clock: Pick<Clock, "mono">;
  #stepsLeft = STEPS_BETWEEN_TURNS;
  #turnAt: number;

  constructor(clock: Pick<Clock, "mono">) {
    this.#clock = clock;
    this.#turnAt = clock.mono();
  }

  /** The value that `steps` returns. Fails with ABORTED, having closed what `steps` had open, once the signal is aborted. */
  async run<Result>(steps: Generator<void, Result>, signal: AbortSignal | undefined): Promise<Result> {
    for (;;) {
      if (signal?.aborted) {
        steps.return(undefined as Result);
        throw abortedError(signal);
      }
      const step = steps.next();
      if (step.done) return step.value;
      if (this.#isTurnDue()) await this.#giveTurn();
    }
  }

  #isTurnDue(): boolean {
    this.#stepsLeft -= 1;
    return this.#stepsLeft <= 0 || this.#clock.mono() - this.#turnAt >= MS_BETWEEN_TURNS;
  }

  async #giveTurn(): Promise<void> {
    await setImmediate();
    this.#stepsLeft = STEPS_BETWEEN_TURNS;
    this.#turnAt = this.#clock.mono();
  }
}

/** What a scan fails with once it is aborted. */
export function abortedError(signal: AbortSignal): CodedError<SkillScannerErrorCode> {
  return new CodedError("ABORTED", "The scan was aborted before it was over, so there is no verdict", { cause: signal.reason });
}
