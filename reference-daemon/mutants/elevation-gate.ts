import type { SourcePatch } from "@flynn/conformance/mutant";

import { auditEventMutants } from "./elevation-gate/audit-events.ts";
import { auditMutants } from "./elevation-gate/audit.ts";
import { codeMutants } from "./elevation-gate/codes.ts";
import { decisionMutants } from "./elevation-gate/decisions.ts";
import { policyMutants } from "./elevation-gate/policy.ts";
import { raceMutants } from "./elevation-gate/races.ts";
import { requestMutants } from "./elevation-gate/requests.ts";
import { timeMutants } from "./elevation-gate/time.ts";

/** Defects of the reference gate, one each. */
export default [
  ...decisionMutants,
  ...codeMutants,
  ...requestMutants,
  ...timeMutants,
  ...raceMutants,
  ...auditMutants,
  ...auditEventMutants,
  ...policyMutants,
] satisfies readonly SourcePatch[];
