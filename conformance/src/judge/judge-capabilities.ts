import type { Driver } from "../drivers/driver.ts";
import type { Bounds } from "../wire/bounds.ts";
import { judgeCapability, needsProbe } from "./capability.ts";
import type { CapabilityResult } from "./capability.ts";
import { CaseRun } from "./case-run.ts";
import type { RowResult } from "./results.ts";
import { SessionPool } from "./session-pool.ts";
import type { SuiteDefinition } from "./suite-definition.ts";

interface ProbeOptions {
  readonly seed: string;
  readonly suiteVersion: string;
  readonly bounds: Bounds;
  readonly usesRealClock: boolean;
}

/** Each capability of the contract as it was declared and as it was seen. `rows` are those of the run so far. */
export async function judgeCapabilities(
  suite: SuiteDefinition,
  driver: Driver,
  flags: Readonly<Record<string, boolean>>,
  rows: readonly RowResult[],
  options: ProbeOptions,
): Promise<readonly CapabilityResult[]> {
  const results: CapabilityResult[] = [];
  for (const flag of suite.contract.flags) {
    const declared = flags[flag] === true;
    const probed = needsProbe(flag, declared, rows) ? await probeCapability(flag, suite, driver, options) : undefined;
    results.push(judgeCapability(flag, declared, rows, probed));
  }
  return results;
}

/**
 * Whether a capability that the subject does not declare works all the same: the cases that a declaration would bring in, in
 * sessions of their own, because what goes wrong there breaks no promise.
 */
async function probeCapability(flag: string, suite: SuiteDefinition, driver: Driver, options: ProbeOptions): Promise<boolean> {
  const { bounds, suiteVersion, usesRealClock, seed } = options;
  const ids = suite.contract.requirements.filter((row) => row.flag === flag).map((row) => row.id);
  const cases = suite.cases.filter((definition) => ids.includes(definition.requirement));
  const pool = new SessionPool(driver, bounds, suiteVersion, usesRealClock);
  try {
    for (const definition of cases) {
      const result = await new CaseRun(definition, suite, pool, seed).run(false);
      if (result.status !== "PASS") return false;
    }
    return cases.length > 0;
  } finally {
    await pool.close();
  }
}
