import { contractKey } from "@flynn/sdk/wire";

import { specimenSuite } from "../../specimen/suite.ts";
import { elevationGateSuite } from "../cases/elevation-gate/suite.ts";
import { skillScannerSuite } from "../cases/skill-scanner/suite.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";

/** Every contract that the suite can judge, in the order in which it is shown. */
export const suites: readonly SuiteDefinition[] = [specimenSuite, skillScannerSuite, elevationGateSuite];

/** The suite named `skill-scanner` or `skill-scanner@1`, or undefined. */
export function suiteNamed(name: string): SuiteDefinition | undefined {
  return suites.find((suite) => name === suite.contract.name || name === contractKey(suite.contract));
}
