import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import fc from "fast-check";

import { elevationModel } from "./model-property.ts";
import { sourceOf, SEEDED_DEFECTS } from "./seeded-defects.ts";

/*
 * Runs the model without a test runner, whose loader would not let the source of the gate be changed. Exits with 0 where the
 * gate survives, with 1 where it does not, and prints how it was found.
 */

const { values } = parseArgs({
  options: { defect: { type: "string" }, runs: { type: "string", default: "50" }, seed: { type: "string", default: "1" } },
});

if (values.defect !== undefined) putIn(values.defect);

const { ReferenceElevationGate } = await import("../../src/elevation/index.ts");
const property = elevationModel((options) => new ReferenceElevationGate(options));
const details = await fc.check(property, { numRuns: Number(values.runs), seed: Number(values.seed) });
const report = { failed: details.failed, numRuns: details.numRuns, seed: details.seed, path: details.counterexamplePath };
const lines = [JSON.stringify(report), ...(details.failed ? [fc.defaultReportMessage(details)] : [])];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = details.failed ? 1 : 0;

function putIn(id: string): void {
  const defect = SEEDED_DEFECTS.find((candidate) => candidate.id === id);
  if (!defect) throw new Error(`There is no defect ${id}; there are ${SEEDED_DEFECTS.map((candidate) => candidate.id).join(", ")}`);
  const url = sourceOf(defect).href;
  const source = readFileSync(fileURLToPath(url), "utf8");
  if (source.split(defect.find).length !== 2) throw new Error(`The defect ${id} must match ${defect.file} exactly once`);
  registerHooks({
    load: (loaded, context, nextLoad) => {
      const result = nextLoad(loaded, context);
      return loaded === url ? { ...result, source: source.replace(defect.find, () => defect.replace) } : result;
    },
  });
}
