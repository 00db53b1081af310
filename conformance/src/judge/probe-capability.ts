import type { Driver } from "../drivers/driver.ts";
import type { Bounds } from "../wire/bounds.ts";
import { CaseRun } from "./case-run.ts";
import { SessionPool } from "./session-pool.ts";
import type { SuiteDefinition } from "./suite-definition.ts";

export interface ProbeOptions {
  readonly seed: string;
  readonly suiteVersion: string;
  readonly bounds: Bounds;
  readonly usesRealClock: boolean;
}

/**
 * Whether a capability that the subject does not declare works all the same: the cases that a declaration would bring in, in
 * sessions of their own, because what goes wrong there breaks no promise.
 */
export async function probeCapability(flag: string, suite: SuiteDefinition, driver: Driver, options: ProbeOptions): Promise<boolean> {
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
