import { judgeCapability, needsProbe } from "./capability.ts";
import type { CapabilityResult, Probe } from "./capability.ts";
import type { CaseDefinition } from "./case.ts";
import type { CaseResult, RowResult } from "./results.ts";
import type { CaseStatus } from "./status.ts";
import type { SuiteDefinition } from "./suite-definition.ts";

type RunCase = (definition: CaseDefinition) => Promise<CaseResult>;

/** Each capability of the contract as it was declared and as it was seen. `rows` are those of the run so far; `run` runs a case that is not part of it. */
export async function judgeCapabilities(
  suite: SuiteDefinition,
  flags: Readonly<Record<string, boolean>>,
  rows: readonly RowResult[],
  run: RunCase,
): Promise<readonly CapabilityResult[]> {
  const results: CapabilityResult[] = [];
  for (const flag of suite.contract.flags) {
    const declared = flags[flag] === true;
    const probed = needsProbe(flag, declared, rows) ? await probeCapability(flag, suite, run) : undefined;
    results.push(judgeCapability(flag, declared, rows, probed));
  }
  return results;
}

/**
 * Whether a capability that the subject does not declare works all the same: the MUST cases that a declaration would bring in.
 * Nothing that was not decided says anything, for or against.
 */
async function probeCapability(flag: string, { contract, cases }: SuiteDefinition, run: RunCase): Promise<Probe> {
  const ids = contract.requirements.filter((row) => row.flag === flag && row.level === "MUST").map((row) => row.id);
  const own = cases.filter((definition) => ids.includes(definition.requirement));
  const statuses: CaseStatus[] = [];
  for (const definition of own) statuses.push((await run(definition)).status);
  if (statuses.includes("FAIL")) return "does-not-work";
  return statuses.length > 0 && statuses.every((status) => status === "PASS") ? "works" : "not-shown";
}
