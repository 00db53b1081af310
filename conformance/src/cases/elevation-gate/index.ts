import type { CaseDefinition } from "../../judge/case.ts";
import { alreadyActiveCases } from "./already-active.ts";
import { auditEventCases } from "./audit-events.ts";
import { auditOfCallsCases } from "./audit-of-calls.ts";
import { auditFirstCases } from "./audit-first.ts";
import { codeCases } from "./codes.ts";
import { driftCases } from "./drift.ts";
import { elevatingCases } from "./elevating.ts";
import { endCases } from "./ends.ts";
import { expiryCases } from "./expiry.ts";
import { hookCases } from "./hooks.ts";
import { malformedCases } from "./malformed.ts";
import { policyChangeCases } from "./policy-changes.ts";
import { raceCases } from "./races.ts";
import { restartCases } from "./restart.ts";
import { secrecyCases } from "./secrecy.ts";
import { stoppingCases } from "./stopping.ts";
import { whatMayBeAskedCases } from "./what-may-be-asked.ts";
import { whoMayAskCases } from "./who-may-ask.ts";
import { whoseGrantCases } from "./whose-grant.ts";

export const elevationGateCases: readonly CaseDefinition[] = [
  ...elevatingCases,
  ...codeCases,
  ...whoMayAskCases,
  ...whatMayBeAskedCases,
  ...alreadyActiveCases,
  ...whoseGrantCases,
  ...expiryCases,
  ...endCases,
  ...raceCases,
  ...driftCases,
  ...hookCases,
  ...auditFirstCases,
  ...auditEventCases,
  ...auditOfCallsCases,
  ...secrecyCases,
  ...restartCases,
  ...policyChangeCases,
  ...stoppingCases,
  ...malformedCases,
];
