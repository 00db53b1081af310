import { randomUUID } from "node:crypto";

import type { Grant } from "./grant.ts";

/** The right to one call on the host, from its start to its end. */
export interface Lease {
  readonly leaseId: string;
  readonly grant: Grant;
  readonly tool: string;
  readonly callDigest: string;
}

/** Why calls that run under a grant must end. `expired` leaves them a while to finish; `revoked` does not. */
export interface LeasesEnded {
  readonly grantId: string;
  readonly cause: "expired" | "revoked";
  readonly leaseIds: readonly string[];
}

/** The calls that run on the host now. */
export class Leases {
  readonly #open = new Map<string, Lease>();

  open(grant: Grant, tool: string, callDigest: string): Lease {
    const lease = { leaseId: `lease_${randomUUID()}`, grant, tool, callDigest };
    this.#open.set(lease.leaseId, lease);
    return lease;
  }

  take(leaseId: string): Lease | undefined {
    const lease = this.#open.get(leaseId);
    this.#open.delete(leaseId);
    return lease;
  }

  idsOf(grant: Grant): readonly string[] {
    return [...this.#open.values()].filter((lease) => lease.grant === grant).map(({ leaseId }) => leaseId);
  }

  /** Grants that are used up while the call that they were for still runs. */
  usedUp(): readonly Grant[] {
    return [...new Set([...this.#open.values()].map(({ grant }) => grant))].filter(({ state }) => state === "consumed");
  }

  grants(): readonly Grant[] {
    return [...new Set([...this.#open.values()].map(({ grant }) => grant))];
  }
}
