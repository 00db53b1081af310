import { createHmac } from "node:crypto";

import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { HostSecret } from "../../src/judge/host-secret.ts";
import { acquireHeld } from "./lease.ts";

export const secretCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-015/signed-token",
    requirement: "LEASE-015",
    title: "reveals the tokens of leases under two signing keys",
    isolation: "shared",
    expects: ["signed with the first key", "signed with the second key"],
    run: async (context) => {
      for (const which of ["first", "second"] as const) {
        const key = `${which}${context.canary}${context.random.word(20)}`;
        const instance = await context.open({ config: { signingKey: new HostSecret(key, `the ${which} signing key`) } });
        const lease = await acquireHeld(context, instance, 60_000);
        const token = await instance.reveal(lease.token);
        const expected = createHmac("sha256", key).update(lease.leaseId).digest("hex");
        const got =
          token === createHmac("sha256", key.toUpperCase()).update(lease.leaseId).digest("hex")
            ? "one under a changed key"
            : "another value";
        context.check(`signed with the ${which} key`, token === expected, {
          did: `revealed the token of ${lease.leaseId}`,
          expected: "the HMAC-SHA256 of the lease id under the key, in hex",
          got: token === expected ? "that" : got,
        });
        await instance.close();
      }
    },
  }),
];
