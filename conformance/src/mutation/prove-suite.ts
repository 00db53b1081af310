import { contractKey, wireRequirements } from "@flynn/sdk/wire";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import { ChildDriver } from "../drivers/child-driver.ts";
import { judgeContract } from "../judge/judge-contract.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { contractReport } from "../report/build-report.ts";
import type { ContractReport } from "../report/report-schema.ts";
import type { Bounds } from "../wire/bounds.ts";
import { judgeMutant, judgeNull } from "./proof.ts";
import type { MutantResult, Proof } from "./proof.ts";
import { trialsFor } from "./trials.ts";
import type { Trial } from "./trials.ts";

/** Hangs are part of many mutants; a reference that answers in milliseconds needs no more than this. */
const BOUNDS: Bounds = { hello: 5_000, answer: 2_000, late: 0, exit: 2_000 };

export interface ProofOptions {
  readonly seed: string;
  readonly jobs: number;
  readonly suiteVersion: string;
  readonly wants: (id: string, kind: MutantResult["kind"]) => boolean;
  readonly onResult?: (result: MutantResult) => void;
}

/** Runs the suite against every null subject, liar and mutant of one reference implementation. */
export async function proveSuite(
  suite: SuiteDefinition,
  reference: string,
  mutantModules: readonly string[],
  options: ProofOptions,
): Promise<Proof> {
  const trials = (await trialsFor(suite, mutantModules)).filter(({ mutant, kind }) => options.wants(mutant.id, kind));
  const results: MutantResult[] = [];
  const queue = [...trials];
  const worker = async (): Promise<void> => {
    for (let trial = queue.shift(); trial; trial = queue.shift()) {
      const result = await tryOut(suite, reference, trial, options);
      results.push(result);
      options.onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  const order = trials.map(({ mutant }) => mutant.id);
  return {
    contract: contractKey(suite.contract),
    results: results.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    unguarded: unguardedRows(suite, results),
  };
}

async function tryOut(
  suite: SuiteDefinition,
  reference: string,
  { kind, mutant, fault }: Trial,
  options: ProofOptions,
): Promise<MutantResult> {
  const { seed, suiteVersion } = options;
  let run: ContractReport | undefined;
  try {
    const result = await judgeContract(suite, new ChildDriver(reference, fault), {
      seed,
      jobs: 1,
      suiteVersion,
      bounds: BOUNDS,
      acceptHostLimits: true,
    });
    run = contractReport(result, suite.contract);
  } catch (error) {
    // A null subject may be no subject at all; a mutant that does not start shows nothing.
    if (!(error instanceof BadSubject) || kind !== "null") {
      return {
        id: mutant.id,
        kind,
        mutant,
        failed: [],
        blocked: 0,
        problem: `could not be judged: ${(error as Error).message}`,
      };
    }
  }
  if (kind === "null") return judgeNull(mutant, run);
  return judgeMutant(mutant, kind, run ?? ({ rows: [] } as unknown as ContractReport));
}

/** A MUST that no mutant fails alone is one whose case may not be able to fail. */
function unguardedRows(suite: SuiteDefinition, results: readonly MutantResult[]): readonly string[] {
  const hasStreams = Object.values(suite.contract.methods).some((method) => method.kind === "stream");
  const rows = [
    ...wireRequirements.filter((row) => hasStreams || !["WIRE-005", "WIRE-006"].includes(row.id)),
    ...suite.contract.requirements,
  ];
  const guarded = new Set(
    results
      .filter(({ kind, problem, failed }) => kind !== "null" && problem === undefined && failed.length === 1)
      .flatMap(({ failed }) => failed),
  );
  return rows
    .filter((row) => row.level === "MUST" && row.untestable === undefined && row.entangled === undefined && !guarded.has(row.id))
    .map((row) => row.id);
}
