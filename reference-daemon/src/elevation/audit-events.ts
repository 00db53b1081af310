import type { AuditEvent, AuditEventType, TrustedContext, UnchainedEvent } from "@flynn/sdk/elevation-gate";
import type { ClockReading } from "@flynn/sdk/kernel";

import type { Grant } from "./grant.ts";

/** What an event may say beside when, of what and of whom. */
export type EventDetails = Partial<
  Pick<
    AuditEvent,
    | "cause"
    | "tool"
    | "callDigest"
    | "preview"
    | "environment"
    | "leaseId"
    | "exitCode"
    | "signal"
    | "suppressed"
    | "redactions"
    | "remainingMs"
  >
>;

/** Which grant it is about, and who did it. */
export interface EventSubject {
  readonly grant?: Grant | undefined;
  /** The owner of the grant, where it is left out. */
  readonly context?: TrustedContext | undefined;
}

/** An event of the log with all its members. */
export function auditEvent(
  type: AuditEventType,
  at: { readonly reading: ClockReading; readonly epoch: string },
  about: EventSubject,
  details: EventDetails,
): UnchainedEvent {
  const { grant } = about;
  const context = about.context ?? grant?.context;
  const owner = grant?.context ?? context;
  return {
    v: 1,
    ts: new Date(at.reading.wall).toISOString(),
    monoMs: Math.max(0, Math.floor(at.reading.mono)),
    epoch: at.epoch,
    type,
    grantId: grant?.grantId ?? null,
    principalId: owner?.principalId ?? null,
    sessionId: owner?.sessionId ?? null,
    agentId: owner?.agentId ?? null,
    surface: context?.surface ?? null,
    origin: context?.origin ?? null,
    tools: grant ? [...grant.tools] : null,
    mode: grant?.mode ?? null,
    ttlMs: grant?.ttlMs ?? null,
    remainingMs: grant?.remainingMs(at.reading) ?? null,
    reason: grant?.reason ?? null,
    cause: null,
    tool: null,
    callDigest: null,
    preview: null,
    environment: null,
    leaseId: null,
    exitCode: null,
    signal: null,
    suppressed: 0,
    redactions: grant?.redactions ?? 0,
    ...details,
  };
}
