import { elevationGateContract } from "@flynn/sdk/elevation-gate";

import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { AuditHost } from "./audit-host.ts";
import { Gate, callOf, codeOf, policyFor, someone, turnOf } from "./gate-in-case.ts";
import { HookHost } from "./hook-host.ts";
import { elevationGateCases } from "./index.ts";

export const elevationGateSuite: SuiteDefinition = {
  contract: elevationGateContract,
  cases: elevationGateCases,
  defaultOpenOptions: (context) => {
    const [audit, hook] = [new AuditHost(), new HookHost()];
    const person = someone(context.random);
    return {
      config: { policy: policyFor(EXERCISERS.map((id) => ({ ...person, principalId: id, agentId: id }))), auditHead: null },
      ports: { audit: audit.handler, hook: hook.handler },
    };
  },
  exercise: async (context, instance) => {
    const person = someone(context.random, { principalId: context.random.pick(EXERCISERS), agentId: context.random.pick(EXERCISERS) });
    const gate = new Gate(context, instance, [person], new AuditHost(), new HookHost());
    await gate.elevate(person);
    const call = callOf(context.random);
    const answer = await gate.acquire(turnOf(person), { call, checkedDigest: await gate.digestOf(turnOf(person), call) });
    const did = "asked for a grant, confirmed it with its code and acquired a call";
    context.control("ELV-001", codeOf(answer) === "GRANTED", { did, expected: "GRANTED", got: codeOf(answer) });
  },
};

/** Whom the default policy lets ask, wherever an instance is used for something else than the gate itself. */
const EXERCISERS = Array.from({ length: 50 }, (_, index) => `exerciser-${index}`);
