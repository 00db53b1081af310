import type { GrantMode, GrantState } from "@flynn/sdk/elevation-gate";
import type { ClockReading } from "@flynn/sdk/kernel";

import type { Seat } from "./contexts.ts";

export type Ending = Exclude<GrantState, "pending" | "active">;

/** What a person with pencil and paper would note of a grant. */
export interface ModelGrant {
  readonly grantId: string;
  readonly seat: Seat;
  readonly code: string;
  readonly tools: readonly string[];
  readonly mode: GrantMode;
  ttlMs: number;
  state: "pending" | "active" | "over";
  since: ClockReading;
  limitMs: number;
  attemptsLeft: number;
  wasActivated: boolean;
  /** What the log may call its end; the contract does not always say which. Empty while it has none. */
  endings: readonly Ending[];
  /** The gate that knew it is gone: what it had not told yet is never told. */
  isForgotten: boolean;
  /** Calls that run under it. */
  readonly leases: Set<string>;
}

/** The largest of what the three clocks say. */
export function elapsedMs(since: ClockReading, now: ClockReading): number {
  return Math.max(now.mono - since.mono, now.boot - since.boot, now.wall - since.wall);
}

/** Negative once it is over for longer than an instant. */
export function remainingMs(grant: Pick<ModelGrant, "since" | "limitMs">, now: ClockReading): number {
  return grant.limitMs - elapsedMs(grant.since, now);
}
