import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { beforeAll, expect, test } from "vitest";

import { runParameters } from "../../test/elevation-model/run-parameters.ts";
import { SEEDED_DEFECTS, sourceOf } from "../../test/elevation-model/seeded-defects.ts";

const RUNNER = fileURLToPath(new URL("../../test/elevation-model/run-model.ts", import.meta.url));
const RUNS = 50;
/** The gate as it is. */
const NO_DEFECT = "none";
const AT_ONCE = 2;
const BOUND_MS = 30_000;

interface Ran {
  readonly exitCode: number | string | null | undefined;
  readonly output: string;
}

const ran = new Map<string, Ran>();

function runModel(id: string): Promise<Ran> {
  const { seed } = runParameters(RUNS);
  const defect = id === NO_DEFECT ? [] : ["--defect", id];
  const args = ["--conditions=@flynn/source", RUNNER, ...defect, "--runs", `${RUNS}`, "--seed", `${seed}`];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: BOUND_MS }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

beforeAll(async () => {
  const waiting = [NO_DEFECT, ...SEEDED_DEFECTS.map(({ id }) => id)];
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) ran.set(id, await runModel(id));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}, BOUND_MS);

test.each(SEEDED_DEFECTS)("$id is text that stands in the gate exactly once", (defect) => {
  expect(readFileSync(sourceOf(defect), "utf8").split(defect.find)).toHaveLength(2);
});

test("the gate as it is survives", () => {
  expect(ran.get(NO_DEFECT)).toMatchObject({ exitCode: 0, output: expect.stringContaining('"failed":false') as string });
});

test.each(SEEDED_DEFECTS)(`the model finds $id within ${RUNS} runs, and says how`, ({ id }) => {
  expect(ran.get(id)).toMatchObject({ exitCode: 1, output: expect.stringMatching(/Counterexample: .*replayPath=/u) as string });
});
