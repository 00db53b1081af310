import { mkdtempDisposableSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { budgetProblems, budgetSchema } from "./install-budget.ts";
import type { Measured } from "./install-budget.ts";
import { installedSize } from "./installed-size.ts";
import { installPacked } from "./packed-project.ts";
import { tarballsFrom } from "./tarballs.ts";
import type { Tarball } from "./tarballs.ts";

/*
 * Usage: install-size.ts [--tarballs <folder>]
 * Installs each package alone in an empty project and prints what that costs: bytes, and packages to trust. What is over the
 * budget in budget.json fails.
 */
const { tarballs: given } = parseArgs({ options: { tarballs: { type: "string" } } }).values;
const budget = budgetSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, "budget.json"), "utf8")));

using scratch = mkdtempDisposableSync(join(tmpdir(), "flynn-install-size-"));
const siblings = tarballsFrom(given, scratch.path);
const measured = Object.fromEntries(siblings.map((tarball) => [tarball.name, measure(tarball, siblings)]));
console.table(measured);
const problems = budgetProblems(measured, budget);
for (const problem of problems) console.error(problem);
console.log(`${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;

function measure(tarball: Tarball, all: readonly Tarball[]): Measured {
  const project = join(scratch.path, tarball.folder);
  installPacked(project, { installed: [tarball], siblings: all });
  const { bytes, own, others } = installedSize(join(project, "node_modules"));
  console.log(`${tarball.name} brings ${[...own, ...others].join(", ")}`);
  return {
    tarballKb: rounded(statSync(tarball.path).size / 1000, 1),
    installedMb: rounded(bytes / 1_000_000, 100),
    own: own.length,
    thirdParty: others.length,
  };
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
