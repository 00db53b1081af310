import type { SourcePatch } from "@flynn/conformance/mutant";

import { auditMutants } from "./elevation-gate/audit.ts";
import { decisionMutants } from "./elevation-gate/decisions.ts";
import { policyMutants } from "./elevation-gate/policy.ts";
import { raceMutants } from "./elevation-gate/races.ts";
import { requestMutants } from "./elevation-gate/requests.ts";
import { timeMutants } from "./elevation-gate/time.ts";

/** Defects of the reference gate, one each. */
export default [
  ...decisionMutants,
  ...requestMutants,
  ...timeMutants,
  ...raceMutants,
  ...auditMutants,
  ...policyMutants,
] satisfies readonly SourcePatch[];
