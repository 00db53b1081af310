import type { Secret, SecretHandle } from "../kernel/secret.ts";
import type {
  AcquireRequest,
  Acquired,
  CallFacts,
  ElevationPolicy,
  ElevationReply,
  ElevationRequest,
  ReleaseRequest,
  Reloaded,
  RevokeTarget,
  TrustedContext,
  Verdict,
} from "./schema.ts";

/**
 * Decides whether a high-risk tool call runs on the host or stays in the sandbox. Elevation changes where a call runs, never
 * whether: what the policy denies stays denied.
 *
 * A grant belongs to one principal, session and agent, is asked for with a reason and a time to live, confirmed by a person
 * with a single-use code, lives in memory only, and ends by itself. Every error, doubt and silence counts as no. Elapsed time
 * is the largest of what the monotonic, the boot and the wall clock say; a wall clock that goes back by more than 1,000 ms
 * from the highest it was seen at ends every grant. Timers announce; what is over is found to be over by reading the clocks.
 *
 * Each event goes to `host.audit`, one at a time and in the order of the chain. What needs an event (a request, an
 * activation, the start of a call) happens after the host has taken it, and does not happen when the host refuses it. What
 * takes rights away happens at once and is audited as soon as the host can.
 */
export interface ElevationGate {
  /**
   * Asks for a grant: `OK_PENDING` with its code. A pending request of the same principal, session and agent is superseded.
   * ELV-001, ELV-003, ELV-008 to ELV-017, ELV-067.
   */
  request(context: TrustedContext, request: ElevationRequest): Promise<RequestReply>;

  /**
   * Gives the code of the pending request. After the code, and before the grant is active, the host's `hook` is asked. The
   * time to live starts when the grant becomes active. ELV-004 to ELV-007, ELV-026, ELV-027, ELV-035 to ELV-037, ELV-043, ELV-044.
   */
  confirm(context: TrustedContext, code: string): Promise<ElevationReply>;

  /** Ends the pending request of this principal, session and agent: `OK_DENIED`, or `E_NO_PENDING`. ELV-018. */
  deny(context: TrustedContext): Promise<ElevationReply>;

  /**
   * Ends grants, pending or active: `OK_REVOKED`, or `E_NO_GRANT`. A context that is not human may end its own grant only.
   * Works whatever the audit does. ELV-040, ELV-047, ELV-065.
   */
  revoke(context: TrustedContext, target: RevokeTarget): Promise<ElevationReply>;

  /** The live grants of the principal: `OK_STATUS`. Changes nothing. ELV-034. */
  status(context: TrustedContext): Promise<ElevationReply>;

  /** Where this call would run now. Changes nothing, and is no right to run it. ELV-001, ELV-002, ELV-019 to ELV-031. */
  check(context: TrustedContext, call: CallFacts): Promise<Verdict>;

  /**
   * The right to start one call on the host now, or a denial. The facts are the ones of this moment; where they differ from
   * those that were checked, it is `DENIED_DRIFT`. A `once` grant is used up by it. ELV-001, ELV-038 to ELV-042.
   */
  acquire(context: TrustedContext, request: AcquireRequest): Promise<Acquired>;

  /** Says how a call that was acquired ended; `released` is false for a lease that is not open. ELV-039, ELV-058. */
  release(request: ReleaseRequest): Promise<{ released: boolean }>;

  /**
   * Takes a new policy. Until the gate is started again a policy only narrows: what it takes away is gone at once, with the
   * grants that stood on it; what it adds waits, and is named. ELV-061 to ELV-063.
   */
  reload(policy: ElevationPolicy): Promise<Reloaded>;

  /** Ends every grant of a session that is over. ELV-064. */
  endSession(sessionId: string): Promise<{ revoked: number }>;
}

/** The reply to `request`, with the code that only the principal may see. */
export type RequestReply = ElevationReply & { readonly challenge: Secret | SecretHandle | null };
