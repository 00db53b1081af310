// A lease server that answers and gives out no lease yet. Run the suite, do what the first FAIL says, run it again. Each TODO
// names the requirement that will ask for it; `explain LEASE-001` says what that one wants, and why.
import type { Specimen } from "@flynn/conformance/specimen";
import { CodedError, Secret } from "@flynn/sdk/kernel";
import type { SecretHandle } from "@flynn/sdk/kernel";
import { defineSubject } from "@flynn/sdk/subject";
import type { SubjectEnvironment, SubjectInstance } from "@flynn/sdk/subject";

/** All that the implementation may use comes in `environment`: the host's ports, the clock, a folder, the signing key. */
function open(environment: SubjectEnvironment<{ signingKey: SecretHandle }>): Specimen & SubjectInstance {
  environment.log("info", "opened; no lease is given out yet");
  return {
    // TODO LEASE-001: ask `environment.host.accept` with { resource, ttlMs }; it answers { accepted: true, ticket }. Make an id,
    // remember the lease by it, and give the ticket back as it is.
    // TODO LEASE-002, LEASE-003: { accepted: false }, or a promise that rejects, is `new CodedError("REFUSED", …)`.
    // TODO LEASE-004: a ttlMs that is no whole number from 1 to 86400000 is INVALID_ARGUMENT, before the host is asked.
    // TODO LEASE-015: the token is the HMAC-SHA256 of the lease id, in hex, under `await environment.config.signingKey.reveal()`.
    acquire: async ({ resource }) => ({ leaseId: "lease-0", resource, ticket: "", token: new Secret("") }),

    // TODO LEASE-001: find the lease by `leaseId`; it is held until its time is over.
    // TODO LEASE-005, LEASE-006: over at exactly ttlMs, by `environment.clock.mono()`, whether or not a timer fires.
    // TODO LEASE-007: or by `environment.clock.boot()`, where that one says so first.
    status: async () => ({ held: false, ticket: null, remainingMs: 0 }),

    // TODO LEASE-009: end the lease, and say whether there was one to end.
    release: async () => ({ released: false }),

    // TODO LEASE-013: declare the flag below and start the lease's time again; or leave this as it is, for LEASE-014.
    renew: async () => {
      throw new CodedError("UNSUPPORTED", "This server does not renew leases");
    },

    // TODO LEASE-010: each event as { type: "event", number, event, leaseId, ticket }, numbered from 1, before the finish.
    // TODO LEASE-011: with `follow`, go on with what happens, until `options.signal` is aborted.
    // TODO LEASE-012: write each event to a file in `environment.dir` before `acquire` answers; leases stay in memory.
    async *journal() {
      yield { type: "finish", reason: "complete" };
    },

    // TODO LEASE-012: the ids of the leases that are held now.
    held: async () => ({ leaseIds: [] }),

    close: () => undefined,
  };
}

export default defineSubject({
  name: "my-specimen",
  version: "0.1.0",
  contracts: { "specimen@1": { flags: { renew: false }, open } },
});
