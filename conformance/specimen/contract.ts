import type { CallOptions, Secret, SecretHandle } from "@flynn/sdk/kernel";

import type { AcquireRequest, JournalPart, JournalRequest, LeaseReference, LeaseStatus, RenewRequest } from "./schema.ts";

/**
 * A lease on a named resource: the smallest contract that has everything the real ones have, made so that the suite can be
 * shown to work. It has a call-back to the host, a time limit, a secret, a stream, something that survives a restart,
 * something that does not, and one optional operation.
 */
export interface Specimen {
  /**
   * Asks the host's `accept` port and, once it has accepted, gives out a lease that runs for `ttlMs` from then on. Fails with
   * `REFUSED` when the host says no or cannot be asked, and with `INVALID_ARGUMENT` before asking it. LEASE-001 to LEASE-004.
   */
  acquire(request: AcquireRequest): Promise<{ leaseId: string; resource: string; ticket: string; token: Secret | SecretHandle }>;

  /** Whether a lease is held now. An unknown lease is not held. LEASE-005 to LEASE-008. */
  status(reference: LeaseReference): Promise<LeaseStatus>;

  /** Ends a lease; `released` is false where it was over already. LEASE-009. */
  release(reference: LeaseReference): Promise<{ released: boolean }>;

  /** Optional, flag `renew`: a held lease runs for `ttlMs` from now. Without the flag: `UNSUPPORTED`. LEASE-013, LEASE-014. */
  renew(request: RenewRequest): Promise<{ renewed: boolean }>;

  /**
   * Every event since the directory was new, in order, then one `finish` part. With `follow`, events go on until the caller
   * aborts (`finish`, reason `aborted`) or goes away. LEASE-010 to LEASE-012.
   */
  journal(request: JournalRequest, options?: CallOptions): AsyncIterable<JournalPart>;

  /** The ids of the leases that are held now. None survives a restart. LEASE-012. */
  held(): Promise<{ leaseIds: string[] }>;
}
