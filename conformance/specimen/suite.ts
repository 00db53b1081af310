import { HostSecret } from "../src/judge/host-secret.ts";
import type { SuiteDefinition } from "../src/judge/suite-definition.ts";
import { acquireCases } from "./cases/acquire.ts";
import { expiryCases } from "./cases/expiry.ts";
import { journalCases } from "./cases/journal.ts";
import { acceptsWith, acquireHeld } from "./cases/lease.ts";
import { renewCases } from "./cases/renew.ts";
import { secretCases } from "./cases/secret.ts";
import { specimenContract } from "./definition.ts";

export const specimenSuite: SuiteDefinition = {
  contract: specimenContract,
  cases: [...acquireCases, ...expiryCases, ...journalCases, ...renewCases, ...secretCases],
  defaultOpenOptions: (context) => ({
    config: { signingKey: new HostSecret(`key${context.canary}`, "the signing key") },
    ports: { accept: acceptsWith(context.random.word(16)) },
  }),
  exercise: async (context, instance) => {
    await acquireHeld(context, instance, 1_000);
    await instance.stream("journal", [{ follow: false }]).rest();
  },
};
