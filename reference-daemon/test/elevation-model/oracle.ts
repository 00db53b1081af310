import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";
import type { ClockReading } from "@flynn/sdk/kernel";

import { isSameSeat } from "./contexts.ts";
import type { Seat } from "./contexts.ts";
import { elapsedMs, remainingMs } from "./model-grant.ts";
import type { Ending, ModelGrant } from "./model-grant.ts";
import { narrowedPolicy, standsUnder } from "./policy-rules.ts";

/** Too many wrong codes, for one seat. */
interface Lock {
  readonly seat: Seat;
  readonly since: ClockReading;
  readonly lockoutMs: number;
}

/** The state that the contract's prose speaks of, and how it changes. It never looks at a gate. */
export class ElevationOracle {
  /** All that were ever asked for: what an attacker knows of is never forgotten here. */
  readonly grants: ModelGrant[] = [];
  readonly #basePolicy: ElevationPolicy;
  policy: ElevationPolicy;
  now: ClockReading;
  isAuditTaking = true;
  #highestWall: number;
  #locks: Lock[] = [];

  constructor(policy: ElevationPolicy, now: ClockReading) {
    this.#basePolicy = policy;
    this.policy = policy;
    this.now = now;
    this.#highestWall = now.wall;
  }

  live(): ModelGrant[] {
    return this.grants.filter(({ state }) => state !== "over");
  }

  pendingOf(seat: Seat): ModelGrant | undefined {
    return this.live().find((grant) => grant.state === "pending" && isSameSeat(grant.seat, seat));
  }

  activeOf(seat: Seat): ModelGrant | undefined {
    return this.live().find((grant) => grant.state === "active" && isSameSeat(grant.seat, seat));
  }

  /** The one that was asked for last, live or over, by this start of the gate. */
  lastOf(seat: Seat): ModelGrant | undefined {
    return this.grants.findLast((grant) => !grant.isForgotten && isSameSeat(grant.seat, seat));
  }

  /** `unsure` while the clocks do not agree: the contract does not say by which of them a lock ends. */
  lockOf(seat: Seat): "locked" | "open" | "unsure" {
    const lock = this.#locks.findLast((candidate) => isSameSeat(candidate.seat, seat));
    if (!lock || this.now.mono - lock.since.mono >= lock.lockoutMs) return "open";
    return elapsedMs(lock.since, this.now) < lock.lockoutMs ? "locked" : "unsure";
  }

  /** Time passes, or somebody sets a clock. */
  moveTo(now: ClockReading): void {
    this.now = now;
    if (now.wall < this.#highestWall - 1_000) {
      for (const grant of this.live()) this.end(grant, ["expired", "pending_expired", "revoked"]);
      // It went back once; that it is still there is no second time.
      this.#highestWall = now.wall;
    }
    this.#highestWall = Math.max(this.#highestWall, now.wall);
    this.#endWhatRanOut();
  }

  addPending(asked: Pick<ModelGrant, "grantId" | "seat" | "code" | "tools" | "mode" | "ttlMs">): void {
    const before = this.pendingOf(asked.seat);
    if (before) this.end(before, ["superseded"]);
    this.grants.push({
      ...asked,
      state: "pending",
      since: this.now,
      limitMs: this.policy.pendingTtlMs,
      attemptsLeft: this.policy.maxAttempts,
      wasActivated: false,
      endings: [],
      isForgotten: false,
      leases: new Set(),
    });
  }

  activate(grant: ModelGrant): void {
    grant.state = "active";
    grant.wasActivated = true;
    grant.since = this.now;
    grant.limitMs = grant.ttlMs;
  }

  countWrongCode(grant: ModelGrant): void {
    grant.attemptsLeft -= 1;
    if (grant.attemptsLeft > 0) return;
    this.end(grant, ["denied"]);
    this.#locks.push({ seat: grant.seat, since: this.now, lockoutMs: this.policy.lockoutMs });
  }

  end(grant: ModelGrant, endings: readonly Ending[]): void {
    grant.state = "over";
    grant.endings = endings;
  }

  /** What the new policy ends: surely, and those whose end may be told as one of the policy or of time. */
  reload(next: ElevationPolicy): { readonly deferred: readonly string[]; readonly revoked: number; readonly outlived: number } {
    const { policy, deferred } = narrowedPolicy(this.policy, next);
    this.policy = policy;
    const gone = this.live().filter((grant) => !standsUnder(policy, grant));
    for (const grant of gone) this.end(grant, ["revoked"]);
    const longer = this.live().filter(({ state, ttlMs }) => state === "active" && ttlMs > policy.maxTtlMs);
    for (const grant of longer) {
      grant.ttlMs = policy.maxTtlMs;
      grant.limitMs = policy.maxTtlMs;
    }
    const outlived = longer.filter((grant) => remainingMs(grant, this.now) <= 0);
    for (const grant of outlived) this.end(grant, ["expired", "revoked"]);
    return { deferred, revoked: gone.length, outlived: outlived.length };
  }

  /** The process is killed, and another one starts on the same log. */
  restart(): void {
    for (const grant of this.grants) {
      grant.state = "over";
      grant.isForgotten = true;
      grant.leases.clear();
    }
    this.#locks = [];
    this.policy = this.#basePolicy;
    this.#highestWall = this.now.wall;
  }

  #endWhatRanOut(): void {
    for (const grant of this.live()) {
      if (remainingMs(grant, this.now) <= 0) this.end(grant, [grant.state === "pending" ? "pending_expired" : "expired"]);
    }
  }
}
