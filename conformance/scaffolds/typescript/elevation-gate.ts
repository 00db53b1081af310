// An elevation gate that answers and never opens yet: every call stays in the sandbox. Run the suite, do what the first FAIL says,
// run it again. Each TODO names the requirement that will ask for it; `explain ELV-001` says what that one wants, and why.
import type { ElevationConfig, ElevationGate, ElevationReply, ReplyCode } from "@flynn/sdk/elevation-gate";
import { defineSubject } from "@flynn/sdk/subject";
import type { SubjectEnvironment, SubjectInstance } from "@flynn/sdk/subject";

/** All that the gate may use comes in `environment`: the policy, the clock, and the host's ports `audit` and `hook`. */
function open(environment: SubjectEnvironment<ElevationConfig>): ElevationGate & SubjectInstance {
  const { policy } = environment.config;
  environment.log("info", `opened; nobody is elevated yet, and the policy allows ${policy.tools.join(", ")}`);
  return {
    // TODO ELV-001: make a code (ELV-067: eight letters and digits from a cryptographic source) and a pending grant. Answer
    // OK_PENDING with the grant in `grants` and the code as `new Secret(code)`, of @flynn/sdk/kernel, in `challenge`.
    // TODO ELV-045, ELV-049: hand the event `elevation.requested` to `environment.host.audit` first, `gate.started` before it;
    // `chainEvent` of @flynn/sdk/elevation-gate computes the hashes.
    // TODO ELV-008 to ELV-016: refuse what may not be asked for, each with its own code.
    request: async () => ({ ...reply("E_NOT_ALLOWED"), challenge: null }),

    // TODO ELV-001: find the pending grant of these three ids, compare the code, ask `environment.host.hook`, hand over
    // `elevation.activated`, make the grant active, and answer OK_ACTIVE.
    // TODO ELV-004, ELV-027, ELV-043: a wrong code, one that comes too late, and a hook that does not allow it.
    confirm: async () => reply("E_NO_PENDING"),

    // TODO ELV-018: end the pending grant.
    deny: async () => reply("E_NO_PENDING"),

    // TODO ELV-002, ELV-040, ELV-065: end what `target` names and the caller may end.
    revoke: async () => reply("E_NO_GRANT"),

    // TODO ELV-034: the live grants of the principal.
    status: async () => reply("OK_STATUS"),

    // TODO ELV-001: `host` and ELEVATED, with the id of the grant, where an active grant is there for the call.
    // TODO ELV-019 to ELV-023: for these three ids, this origin and this tool, and nothing that the policy denies.
    // TODO ELV-025, ELV-028, ELV-029: and its time is not over, by the clocks of this moment.
    // TODO ELV-042: a digest over the canonical JSON of all facts of the call.
    check: async (_context, call) => ({
      decision: "sandbox",
      why: "NOT_ELEVATED",
      tool: call.tool,
      grantId: null,
      remainingMs: 0,
      callDigest: "0",
    }),

    // TODO ELV-001: decide as `check` does, from the state of this moment, and answer GRANTED with a lease id.
    // TODO ELV-042: the digest of `call` must be `checkedDigest`, or it is DENIED_DRIFT.
    // TODO ELV-038: a grant of mode `once` is used up by it.
    acquire: async (_context, { call }) => ({ code: "DENIED_NOT_ELEVATED", tool: call.tool, leaseId: null, grantId: null, remainingMs: 0 }),

    // TODO ELV-058: close the lease, and hand over `tool.exec.end`.
    release: async () => ({ released: false }),

    // TODO ELV-061, ELV-062: what the new policy takes away is gone at once; what it adds waits and is named in `deferred`.
    reload: async () => ({ deferred: [], revoked: 0 }),

    // TODO ELV-064: end every grant of the session.
    endSession: async () => ({ revoked: 0 }),

    close: () => undefined,
  };
}

function reply(code: ReplyCode): ElevationReply {
  return { code, grants: [], limits: null, attemptsLeft: null, retryAfterMs: null };
}

export default defineSubject({
  name: "my-elevation-gate",
  version: "0.1.0",
  contracts: { "elevation-gate@1": { open } },
});
