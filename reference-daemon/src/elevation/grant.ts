import { randomBytes } from "node:crypto";

import type { GrantMode, GrantState, GrantView, TrustedContext } from "@flynn/sdk/elevation-gate";
import type { ClockReading, Timer } from "@flynn/sdk/kernel";

import type { Challenge } from "./challenge.ts";
import { TimeLimit } from "./timekeeper.ts";

/** Whose grant it is. A JSON array, because ids may hold any separator. */
export function grantKeyOf({ principalId, sessionId, agentId }: Pick<TrustedContext, "principalId" | "sessionId" | "agentId">): string {
  return JSON.stringify([principalId, sessionId, agentId]);
}

export interface GrantTerms {
  readonly context: TrustedContext;
  readonly tools: readonly string[];
  readonly mode: GrantMode;
  readonly ttlMs: number;
  readonly reason: string;
  readonly redactions: number;
}

/** One grant from its request to its end. It decides nothing; it holds what the gate decides by. */
export class Grant {
  readonly grantId = `elv_${randomBytes(9).toString("base64url")}`;
  readonly key: string;
  readonly context: TrustedContext;
  readonly tools: readonly string[];
  readonly mode: GrantMode;
  readonly reason: string;
  readonly redactions: number;
  readonly challenge: Challenge;
  attemptsLeft: number;
  /** The log has its request. Before that, nobody is told of it, not even of its end. */
  isOnRecord = false;
  /** A code was right and the hook is being asked: no other confirmation may begin. */
  isConfirming = false;
  /** The hook has allowed it: time no longer ends the request, only people do. */
  isCommitted = false;
  /** A `once` grant that a call has taken. */
  isTaken = false;
  timer: Timer | undefined;
  #ttlMs: number;
  #state: GrantState = "pending";
  #limit: TimeLimit;

  constructor(
    terms: GrantTerms,
    challenge: Challenge,
    waits: { readonly from: ClockReading; readonly ms: number; readonly attempts: number },
  ) {
    this.key = grantKeyOf(terms.context);
    this.context = terms.context;
    this.tools = terms.tools;
    this.mode = terms.mode;
    this.reason = terms.reason;
    this.redactions = terms.redactions;
    this.challenge = challenge;
    this.attemptsLeft = waits.attempts;
    this.#ttlMs = terms.ttlMs;
    this.#limit = new TimeLimit(waits.from, waits.ms);
  }

  get state(): GrantState {
    return this.#state;
  }

  get ttlMs(): number {
    return this.#ttlMs;
  }

  get isLive(): boolean {
    return this.#state === "pending" || this.#state === "active";
  }

  activate(from: ClockReading): void {
    this.#state = "active";
    this.#limit = new TimeLimit(from, this.#ttlMs);
  }

  /** Whether this was its end, and not an earlier one. */
  end(state: Exclude<GrantState, "pending" | "active">): boolean {
    if (!this.isLive) return false;
    this.#state = state;
    return true;
  }

  shortenTo(ttlMs: number): void {
    this.#ttlMs = Math.min(this.#ttlMs, ttlMs);
    this.#limit = this.#limit.shortenedTo(ttlMs);
  }

  isOver(reading: ClockReading): boolean {
    return this.#limit.isOver(reading);
  }

  /** Of its time, also for a call that still runs when the grant is used up. */
  remainingMs(reading: ClockReading): number {
    return this.#limit.remainingMs(reading);
  }

  view(reading: ClockReading): GrantView {
    const { principalId, sessionId, agentId } = this.context;
    return {
      grantId: this.grantId,
      state: this.#state,
      principalId,
      sessionId,
      agentId,
      tools: [...this.tools],
      mode: this.mode,
      ttlMs: this.#ttlMs,
      reason: this.reason,
      remainingMs: this.isLive ? this.remainingMs(reading) : 0,
    };
  }
}
