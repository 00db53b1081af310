import type {
  AuditEventType,
  AuditHead,
  CallFacts,
  GrantState,
  ReleaseRequest,
  ReplyCode,
  TrustedContext,
  UnchainedEvent,
} from "@flynn/sdk/elevation-gate";
import type { Clock, ClockReading } from "@flynn/sdk/kernel";

import { auditEvent } from "./audit-events.ts";
import type { EventDetails, EventSubject } from "./audit-events.ts";
import { AuditTrail } from "./audit-trail.ts";
import type { AuditSink } from "./audit-trail.ts";
import { callPreviewOf } from "./call-facts.ts";
import { DenialLimiter } from "./denial-limiter.ts";
import type { Grant } from "./grant.ts";
import { GrantBook } from "./grant-book.ts";
import { Leases } from "./leases.ts";
import type { Lease, LeasesEnded } from "./leases.ts";
import { Timekeeper } from "./timekeeper.ts";

type EndState = Exclude<GrantState, "pending" | "active">;

export interface GrantKeeperOptions {
  readonly clock: Clock;
  readonly audit: AuditSink;
  readonly auditHead: AuditHead | null;
  /** Of this start. */
  readonly epoch: string;
  readonly onLeasesEnded: (ended: LeasesEnded) => void;
}

/**
 * Keeps grants from their request to their end, and tells the log. Every change of a grant's state goes through here, so that
 * each end is told once, whoever finds it first: a call, a timer or a person.
 */
export class GrantKeeper {
  readonly #clock: Clock;
  readonly #epoch: string;
  readonly #trail: AuditTrail;
  readonly #time: Timekeeper;
  readonly #onLeasesEnded: (ended: LeasesEnded) => void;
  readonly #book = new GrantBook();
  readonly #leases = new Leases();
  readonly #denials = new DenialLimiter();
  /** Of grants that ended while the log was still being asked about their request. */
  readonly #endsToTell = new WeakMap<Grant, () => void>();

  constructor({ clock, audit, auditHead, epoch, onLeasesEnded }: GrantKeeperOptions) {
    this.#clock = clock;
    this.#epoch = epoch;
    this.#onLeasesEnded = onLeasesEnded;
    this.#time = new Timekeeper(clock);
    this.#trail = new AuditTrail(audit, auditHead);
    this.#tell("gate.started", {}, { cause: "no grant is carried over" });
  }

  /** The clocks, after whatever is over because of them was ended. */
  now(): ClockReading {
    const { reading, isRolledBack } = this.#time.read();
    if (isRolledBack) {
      for (const grant of this.#book.live()) this.#expire(grant, "the wall clock went back");
    }
    return reading;
  }

  live(): readonly Grant[] {
    this.#settleAll();
    return this.#book.live();
  }

  /** What a revocation can reach: live grants, and those that are used up while their call still runs. */
  stoppable(): readonly Grant[] {
    return [...this.live(), ...this.#leases.usedUp()];
  }

  ofPrincipal(principalId: string): readonly Grant[] {
    return this.live().filter((grant) => grant.isOnRecord && grant.context.principalId === principalId);
  }

  pending(key: string): Grant | undefined {
    return this.#current(key, "pending");
  }

  active(key: string): Grant | undefined {
    return this.#current(key, "active");
  }

  lastEnd(key: string): GrantState | undefined {
    return this.#book.lastEnd(key)?.state;
  }

  lockedForMs(key: string): number {
    return Math.max(0, (this.#book.lastEnd(key)?.lockedUntil ?? 0) - this.#clock.mono());
  }

  /** Writes the request to the log; from here on it can be revoked, and not yet confirmed. */
  async announce(grant: Grant): Promise<boolean> {
    this.#book.add(grant);
    const isWritten = await this.#trail.write(this.#event("elevation.requested", { grant }));
    if (!isWritten) this.#book.remove(grant);
    else this.#putOnRecord(grant);
    return isWritten;
  }

  /** Lets the request be confirmed, in the place of one that was pending. A code where it cannot be any more. */
  makePending(grant: Grant): ReplyCode | undefined {
    this.#settle(grant);
    if (grant.isLive && this.lockedForMs(grant.key) > 0) this.end(grant, "denied", "too many wrong codes meanwhile");
    if (!grant.isLive) return this.lockedForMs(grant.key) > 0 ? "E_LOCKED" : "E_NO_PENDING";
    const before = this.#current(grant.key);
    if (before?.state === "active") {
      this.end(grant, "superseded", "another request was confirmed first");
      return "E_ALREADY_ACTIVE";
    }
    if (before) this.end(before, "superseded", "a new request");
    this.#book.makeCurrent(grant);
    this.#armTimer(grant);
    return undefined;
  }

  /** Whether the grant is active now. False where the log does not take it, or a person ended it meanwhile. */
  async activate(grant: Grant, context: TrustedContext): Promise<boolean> {
    grant.isCommitted = true;
    const isWritten = await this.#trail.write(this.#event("elevation.activated", { grant, context }));
    const reading = this.now();
    grant.isCommitted = false;
    grant.isConfirming = false;
    if (!isWritten || !grant.isLive) {
      this.#settle(grant);
      return false;
    }
    grant.activate(reading);
    this.#armTimer(grant);
    return true;
  }

  /** The lease to start a call with, `unaudited` where the log does not take it, undefined where the grant is over meanwhile. */
  async startCall(
    grant: Grant,
    context: TrustedContext,
    details: Pick<EventDetails, "tool" | "callDigest" | "preview" | "redactions">,
    isStillInScope: () => boolean,
  ): Promise<Lease | "unaudited" | undefined> {
    const { tool, callDigest } = details;
    const lease = this.#leases.open(grant, tool ?? "", callDigest ?? "");
    const event = this.#event("tool.exec.start", { grant, context }, { ...details, environment: "host", leaseId: lease.leaseId });
    const isWritten = await this.#trail.write(event);
    this.#settle(grant);
    if (!isWritten || !grant.isLive || !isStillInScope()) {
      this.#leases.take(lease.leaseId);
      grant.isTaken = false;
      return isWritten ? undefined : "unaudited";
    }
    if (grant.mode === "once") this.end(grant, "consumed", "one call");
    return lease;
  }

  endCall({ leaseId, outcome, exitCode, signal }: ReleaseRequest): boolean {
    const lease = this.#leases.take(leaseId);
    if (!lease) return false;
    const { grant, tool, callDigest } = lease;
    if (!grant.isLive && this.#leases.idsOf(grant).length === 0) grant.timer?.[Symbol.dispose]();
    this.#tell("tool.exec.end", { grant }, { tool, callDigest, leaseId, exitCode, signal, cause: outcome, environment: "host" });
    return true;
  }

  /** Ends a grant, tells the log, and tells those whose calls run under it. */
  end(
    grant: Grant,
    state: EndState,
    cause: string,
    { by, lockMs = 0 }: { readonly by?: TrustedContext; readonly lockMs?: number } = {},
  ): void {
    const remainingMs = grant.remainingMs(this.#time.reading());
    if (!grant.end(state)) return;
    this.#book.remove(grant, lockMs > 0 ? this.#clock.mono() + lockMs : 0);
    // Made now, so that it says when it happened, also where it is told later.
    const event = this.#event(`elevation.${state}`, { grant, context: by }, { cause, remainingMs });
    const tellEnd = (): void => this.#trail.tell(event);
    if (grant.isOnRecord) tellEnd();
    else this.#endsToTell.set(grant, tellEnd);
    // The call of a grant that is used up still ends in time.
    if (state === "consumed") return;
    grant.timer?.[Symbol.dispose]();
    this.#endLeases(grant, state === "expired" ? "expired" : "revoked");
  }

  /** Takes a right away at once, whoever says so; also from a call whose grant is used up. */
  stop(grant: Grant, cause: string, by?: TrustedContext): void {
    if (grant.isLive) this.end(grant, "revoked", cause, by ? { by } : {});
    else this.#endLeases(grant, "revoked");
  }

  /** Brings the end of an active grant nearer; whether it is over by that. */
  shorten(grant: Grant, ttlMs: number): boolean {
    if (grant.state !== "active" || grant.ttlMs <= ttlMs) return false;
    grant.shortenTo(ttlMs);
    this.#settle(grant);
    if (grant.isLive) this.#armTimer(grant);
    return !grant.isLive;
  }

  tellReload(deferred: readonly string[]): void {
    this.#tell("gate.reloaded", {}, { cause: deferred.length > 0 ? `waits for the next start: ${deferred.join(", ")}` : null });
  }

  tellWrongCode(grant: Grant, context: TrustedContext): void {
    this.#tell("elevation.confirm_failed", { grant, context }, { cause: `${grant.attemptsLeft} attempts left` });
  }

  tellRefusal(code: ReplyCode, context: TrustedContext): void {
    const suppressed = this.#denials.admit(JSON.stringify(["refused", context]), this.#clock.mono());
    if (suppressed !== undefined) this.#tell("elevation.refused", { context }, { cause: code, suppressed });
  }

  tellDenial(code: string, context: TrustedContext, call: CallFacts, callDigest: string, grant?: Grant): void {
    const { principalId, sessionId, agentId } = context;
    const suppressed = this.#denials.admit(JSON.stringify([principalId, sessionId, agentId]), this.#clock.mono());
    if (suppressed === undefined) return;
    const { preview, redactions } = callPreviewOf(call);
    this.#tell("tool.exec.denied", { grant, context }, { cause: code, tool: call.tool, callDigest, preview, redactions, suppressed });
  }

  close(): void {
    for (const grant of this.#leases.grants()) this.#endLeases(grant, "revoked");
    this.#book.clear();
  }

  flushed(): Promise<void> {
    return this.#trail.flushed();
  }

  #putOnRecord(grant: Grant): void {
    grant.isOnRecord = true;
    this.#endsToTell.get(grant)?.();
  }

  #current(key: string, state?: "pending" | "active"): Grant | undefined {
    const grant = this.#book.current(key);
    if (grant) this.#settle(grant);
    return grant?.isLive && (state === undefined || grant.state === state) ? grant : undefined;
  }

  #settleAll(): void {
    for (const grant of this.#book.live()) this.#settle(grant);
  }

  #settle(grant: Grant): void {
    const reading = this.now();
    const isDecided = grant.state === "pending" && grant.isCommitted;
    if (grant.isLive && !isDecided && grant.isOver(reading)) this.#expire(grant, "time");
    else if (grant.state === "consumed" && grant.isOver(reading)) this.#endLeases(grant, "expired");
  }

  #expire(grant: Grant, cause: string): void {
    this.end(grant, grant.state === "pending" ? "pending_expired" : "expired", cause);
  }

  /** A notification, never an authority: what is over is found to be over by whoever asks. */
  #armTimer(grant: Grant): void {
    grant.timer?.[Symbol.dispose]();
    const wake = (): void => {
      this.#settle(grant);
      if (grant.isLive) this.#armTimer(grant);
    };
    grant.timer = this.#clock.setTimer(Math.max(1, grant.remainingMs(this.#time.reading())), wake);
  }

  #endLeases(grant: Grant, cause: LeasesEnded["cause"]): void {
    const leaseIds = this.#leases.idsOf(grant);
    if (leaseIds.length > 0) this.#onLeasesEnded({ grantId: grant.grantId, cause, leaseIds });
  }

  #tell(type: AuditEventType, about: EventSubject, details: EventDetails): void {
    this.#trail.tell(this.#event(type, about, details));
  }

  #event(type: AuditEventType, about: EventSubject, details: EventDetails = {}): UnchainedEvent {
    return auditEvent(type, { reading: this.#time.reading(), epoch: this.#epoch }, about, details);
  }
}
