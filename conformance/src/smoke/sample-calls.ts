import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ContractDefinition } from "@flynn/sdk/wire";

import { callOf, policyFor, someone } from "../cases/elevation-gate/gate-in-case.ts";
import type { CaseContext } from "../judge/case-context.ts";

/** Arguments for one call of each method, such as a caller could send. */
export type SampleCalls = Readonly<Record<string, readonly unknown[]>>;

type Surroundings = Pick<CaseContext, "random" | "workspace">;

const SAMPLES: Readonly<Record<string, (context: Surroundings) => SampleCalls>> = {
  specimen: ({ random }) => {
    const reference = { leaseId: `lease-${random.word()}` };
    return {
      acquire: [{ resource: random.word(), ttlMs: 60_000 }],
      status: [reference],
      release: [reference],
      renew: [{ ...reference, ttlMs: 60_000 }],
      journal: [{ follow: false }],
      held: [],
    };
  },
  "skill-scanner": ({ random, workspace }) => {
    const root = join(workspace, random.word());
    mkdirSync(root);
    writeFileSync(join(root, "SKILL.md"), "---\nname: hello\ndescription: Says hello.\n---\n\nSay hello.\n");
    return { scan: [{ root, phase: "load" }], rules: [] };
  },
  "elevation-gate": ({ random }) => {
    const [person, call] = [someone(random), callOf(random)];
    return {
      request: [person, { ttlMs: 60_000, reason: "restart a service" }],
      confirm: [person, "00000000"],
      deny: [person],
      revoke: [person, "own"],
      status: [person],
      check: [person, call],
      acquire: [person, { call, checkedDigest: "0" }],
      release: [{ leaseId: `lease-${random.word()}`, outcome: "exited", exitCode: 0, signal: null }],
      reload: [policyFor([person])],
      endSession: [person.sessionId],
    };
  },
};

export function sampleCalls(contract: ContractDefinition, context: Surroundings): SampleCalls {
  const samples = SAMPLES[contract.name];
  if (!samples) throw new Error(`There are no sample calls of ${contract.name}; add them in sample-calls.ts`);
  return samples(context);
}
