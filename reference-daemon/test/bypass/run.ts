import process from "node:process";
import { parseArgs } from "node:util";

import { survivorReport } from "./report.ts";
import { readSamples } from "./sample.ts";
import { findSurvivors } from "./survivors.ts";
import { keptVariants, pairsOf, variants } from "./variants.ts";

/*
 * Usage: run.ts [--variants 10000] [--seed N] [--only <part of a fixture's or rewrite's name>] [--json] | run.ts --kept
 * Writes hostile fixtures differently and says which of them the scanner no longer catches. Exits with 0 whatever it finds:
 * a survivor is a thing to look at, and not every one can be caught by looking at a text. `--kept` tries what the test tries.
 */
const { values } = parseArgs({
  options: {
    variants: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    kept: { type: "boolean", default: false },
  },
});
const samples = await readSamples();
const { only } = values;
const pairs = pairsOf(samples).filter(
  ({ sample, rewrite }) => only === undefined || sample.fixture.id.includes(only) || rewrite.id.includes(only),
);
const start = performance.now();
const tried = values.kept ? keptVariants(pairs) : variants(pairs, Number(values.variants), Number(values.seed));
const result = await findSurvivors(samples, tried);
const seconds = (performance.now() - start) / 1_000;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ seed: Number(values.seed), seconds, ...result }, null, 2)}\n`
    : survivorReport(result, { seed: Number(values.seed), seconds }),
);
