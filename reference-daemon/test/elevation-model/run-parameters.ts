/** One number, so that a run that fails here fails everywhere. */
const DEFAULT_SEED = 20_261_123;

export interface RunParameters {
  readonly seed: number;
  readonly numRuns: number;
  /** To the one failing run of a seed, as fast-check prints it. */
  readonly path?: string;
}

/**
 * `FLYNN_MODEL_SEED` tries other runs, `FLYNN_MODEL_RUNS` more of them. What a failure prints as its path goes into
 * `FLYNN_MODEL_PATH`, and what it prints as its replayPath into `FLYNN_MODEL_REPLAY_PATH`.
 */
export function runParameters(numRuns: number): RunParameters {
  const { FLYNN_MODEL_SEED: seed, FLYNN_MODEL_RUNS: runs, FLYNN_MODEL_PATH: path } = process.env;
  return { seed: Number(seed ?? DEFAULT_SEED), numRuns: Number(runs ?? numRuns), ...(path === undefined ? {} : { path }) };
}

export function replayPathOfRun(): string | undefined {
  return process.env["FLYNN_MODEL_REPLAY_PATH"];
}
