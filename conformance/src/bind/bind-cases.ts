import type { Subject } from "@flynn/sdk/subject";
import { wireRequirements } from "@flynn/sdk/wire";

import { suiteVersion } from "../cli/version.ts";
import { BadSubject } from "../diagnosis/bad-subject.ts";
import { InProcessDriver } from "../drivers/in-process-driver.ts";
import { judgeContract } from "../judge/judge-contract.ts";
import type { ContractResult } from "../judge/results.ts";
import { suiteNamed, suites } from "../registry/suites.ts";
import { contractReport } from "../report/build-report.ts";
import { failureBlock } from "../report/console-report.ts";
import type { ContractReport } from "../report/report-schema.ts";
import { styleFor } from "../report/style.ts";

/** What a test runner must offer: `describe` and `it` of vitest and of node:test both fit. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: (context: { skip(reason?: string): unknown }) => Promise<void>): unknown;
}

export interface BindOptions {
  /** The contract, such as `skill-scanner`. */
  readonly contract: string;
  /** The module's path, so that cases may run it in processes of their own; or the subject itself. */
  readonly subject: string | Subject;
  readonly seed?: string;
  /** Rows that this machine cannot show are skipped with their reason in place of failing. */
  readonly acceptHostLimits?: boolean;
}

/**
 * Makes one test of each requirement of a contract and of the wire. The subject is judged once, in this process, when the first of them runs.
 * A requirement that does not hold fails its test with the message of the command line.
 */
export function bindCases(runner: TestRunner, options: BindOptions): void {
  const suite = suiteNamed(options.contract);
  if (!suite)
    throw new Error(`There is no contract ${options.contract}; there are ${suites.map((known) => known.contract.name).join(", ")}`);
  let judged: Promise<ContractResult> | undefined;
  const judgeOnce = (): Promise<ContractResult> =>
    (judged ??= judgeContract(suite, new InProcessDriver(options.subject), {
      seed: options.seed ?? "bound",
      jobs: 1,
      suiteVersion: suiteVersion(),
      acceptHostLimits: options.acceptHostLimits ?? false,
    }).catch((error: unknown) => {
      if (!(error instanceof BadSubject)) throw error;
      throw new Error(`bad subject (${error.reason}): ${error.message}\nnext: ${error.next}`, { cause: error });
    }));
  runner.describe(`${suite.contract.name}@${suite.contract.version}`, () => {
    const requirements = [...wireRequirements, ...suite.contract.requirements];
    for (const requirement of requirements.filter((row) => row.untestable === undefined)) {
      runner.it(`${requirement.id} ${requirement.text}`, async (context) => {
        const result = await judgeOnce();
        const row = result.rows.find((candidate) => candidate.requirement.id === requirement.id);
        if (!row) throw new Error(`${requirement.id} was not judged`);
        if (row.status === "PASS" || row.status === "WARN") return;
        if (row.status === "N/A" || result.acceptedHostLimits.includes(requirement.id)) {
          context.skip(row.reason ?? "not applicable");
          return;
        }
        const report = contractReport(result, suite.contract);
        throw new Error(messageOf(report, row.requirement.id));
      });
    }
  });
}

/** What the command line would say of the row. */
function messageOf(report: ContractReport, id: string): string {
  const row = report.rows.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`${id} is not in the report`);
  return failureBlock(row, report, styleFor(process.stdout, false));
}
