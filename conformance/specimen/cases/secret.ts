import { createHmac } from "node:crypto";

import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { HostSecret } from "../../src/judge/host-secret.ts";
import { acquireHeld } from "./lease.ts";

export const secretCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-015/signed-token",
    requirement: "LEASE-015",
    title: "acquires two leases under each of two signing keys, then reveals their tokens",
    isolation: "shared",
    expects: ["first key, lease 1", "first key, lease 2", "second key, lease 1", "second key, lease 2"],
    run: async (context) => {
      for (const which of ["first", "second"] as const) {
        const key = `${which}${context.canary}${context.random.word(20)}`;
        const instance = await context.open({ config: { signingKey: new HostSecret(key, `the ${which} signing key`) } });
        const leases = [await acquireHeld(context, instance, 60_000), await acquireHeld(context, instance, 60_000)];
        const tokens: string[] = [];
        for (const lease of leases) tokens.push(await instance.reveal(lease.token));
        for (const [index, { leaseId }] of leases.entries()) {
          const isSigned = tokens[index] === createHmac("sha256", key).update(leaseId).digest("hex");
          const isOfAnother = tokens.indexOf(tokens[index] ?? "") !== index;
          context.check(`${which} key, lease ${index + 1}`, isSigned, {
            did: `acquired two leases and revealed the token of ${leaseId}`,
            expected: "the HMAC-SHA256 of the lease id under the key, in hex",
            got: isSigned ? "that" : isOfAnother ? "the token of the other lease" : "another value",
          });
        }
        await instance.close();
      }
    },
  }),
];
