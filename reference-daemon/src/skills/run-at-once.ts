/** The value that `steps` returns, for what is small enough to be done in one go. What may be large is given to `Pacing`. */
export function runAtOnce<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
