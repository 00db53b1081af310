import { availableParallelism } from "node:os";

import { wireRequirements } from "@flynn/sdk/wire";

import { killMatrixOf } from "../../mutation/kill-matrix.ts";
import { proveSuite } from "../../mutation/prove-suite.ts";
import type { MutantResult, Proof } from "../../mutation/proof.ts";
import { suites } from "../../registry/suites.ts";
import { killMatrixPage } from "../../report/kill-matrix.ts";
import { styleFor } from "../../report/style.ts";
import { CONFIGURATION_FILE, readConfiguration } from "../configuration.ts";
import type { Configuration } from "../configuration.ts";
import { idPattern } from "../id-pattern.ts";
import type { MutantsFlags } from "./mutants-flags.ts";
import { partOfMutants } from "./part-of-mutants.ts";
import { reportFiles, writeReport } from "../report-files.ts";
import { suiteArgument } from "../suite-argument.ts";
import { UsageError } from "../usage-error.ts";
import { suiteVersion } from "../version.ts";

/** Proves the suite on the reference implementations that the configuration names. Exit 0 only if every claim holds. */
export async function mutantsCommand(names: readonly string[], flags: MutantsFlags): Promise<number> {
  const files = reportFiles(flags.report, ["markdown", "json"]);
  const configuration = readConfiguration(process.cwd());
  const wanted =
    names.length === 0 ? suites.filter((suite) => configuration.subjects[suite.contract.name]) : names.map((name) => suiteArgument(name));
  if (wanted.length === 0)
    throw new UsageError("There is no reference implementation to mutate", `Name one under "subjects" in ${CONFIGURATION_FILE}.`);
  if (files.length > 0 && wanted.length !== 1)
    throw new UsageError(
      "A kill matrix is of one contract",
      "Name the contract: flynn-conformance mutants specimen --report markdown=matrix.md",
    );
  const isNamed = wantedIds(flags.only);
  const isInPart = partOfMutants(flags.part);
  if (flags.part !== undefined && files.length > 0)
    throw new UsageError("A part of the mutants makes no kill matrix", "Leave --part or --report out.");
  const style = styleFor(process.stdout, true);
  let hasProblem = false;
  let tried = 0;
  for (const suite of wanted) {
    const reference = referenceOf(suite.contract.name, configuration);
    process.stdout.write(`\n${style.bold(`${suite.contract.name}: null subjects, liars and mutants of ${reference}`)}\n\n`);
    const proof = await proveSuite(suite, reference, configuration.mutants[suite.contract.name] ?? [], {
      seed: flags.seed ?? "mutants",
      jobs: flags.jobs ?? Math.min(4, availableParallelism()),
      suiteVersion: suiteVersion(),
      wants: (id, kind) => isNamed(id) && (kind !== "mutant" || isInPart(id)),
      onResult: (result) => process.stdout.write(`${resultLine(result, style.green, style.red)}\n`),
    });
    tried += proof.results.length;
    const isWhole = flags.only.length === 0 && flags.part === undefined;
    hasProblem ||= proof.results.some(({ problem }) => problem !== undefined) || (isWhole && proof.unguarded.length > 0);
    process.stdout.write(`\n${summary(proof, isWhole)}\n`);
    const requirements = [...wireRequirements, ...suite.contract.requirements];
    for (const { kind, path } of files)
      writeReport(
        path,
        kind === "markdown" ? killMatrixPage(proof, requirements) : `${JSON.stringify(killMatrixOf(proof), undefined, 2)}\n`,
      );
  }
  if (tried === 0) throw new UsageError(`--only ${flags.only.join(" ")} matches no mutant`);
  return hasProblem ? 1 : 0;
}

/** The module whose sources are mutated. */
function referenceOf(contract: string, { subjects }: Configuration): string {
  const subject = subjects[contract];
  if (subject === undefined) throw new UsageError(`${CONFIGURATION_FILE} names no subject for ${contract}`);
  if (typeof subject === "string") return subject;
  throw new UsageError(
    `${CONFIGURATION_FILE} names the command ${subject.command.join(" ")} for ${contract}, and mutants are made of a module`,
    `Name the path of a module under "subjects" for ${contract}, or name another contract.`,
  );
}

function wantedIds(patterns: readonly string[]): (id: string) => boolean {
  if (patterns.length === 0) return () => true;
  const tests = patterns.map(idPattern);
  return (id) => tests.some((test) => test.test(id));
}

function resultLine(result: MutantResult, green: (text: string) => string, red: (text: string) => string): string {
  if (result.problem !== undefined) return `${red("PROBLEM")} ${result.kind} ${result.id} ${result.problem}`;
  const waits = result.blocked > 0 ? `, ${result.blocked} rows wait` : "";
  return result.kind === "null"
    ? `${green("ok")} null ${result.id}: passes 0 MUST`
    : `${green("ok")} ${result.kind} ${result.id}: fails ${result.failed.join(", ")}${waits}`;
}

function summary(proof: Proof, isWhole: boolean): string {
  const nulls = proof.results.filter(({ kind }) => kind === "null");
  const broken = proof.results.filter(({ problem }) => problem !== undefined);
  const lines = [
    `${nulls.length} null subjects: ${nulls.every(({ problem }) => problem === undefined) ? "none passes a MUST" : "see the problems above"}`,
    `${proof.results.length - nulls.length} liars and mutants, ${broken.length} problems`,
  ];
  if (isWhole)
    lines.push(
      proof.unguarded.length === 0
        ? "every MUST has a mutant that fails exactly it"
        : `MUST rows without a mutant of their own: ${proof.unguarded.join(", ")}`,
    );
  return lines.join("\n");
}
