/** What a step of `.ci/run` exits with when this machine cannot show what it asks; it then counts neither as passed nor as failed. */
const NOT_RUN_EXIT = 77;

/** Says why, as the last line that the step prints. */
export function notRun(reason: string): void {
  console.log(`not run: ${reason}`);
  process.exitCode = NOT_RUN_EXIT;
}
