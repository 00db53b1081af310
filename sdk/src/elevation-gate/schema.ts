import * as z from "zod";

import { secretReferenceSchema } from "../wire/frames.ts";

const identifier = z.string().min(1).max(256);
const toolName = z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/u);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const milliseconds = z.int().min(0).max(86_400_000);

/** `human`: a person did it on a surface that shows who. `model`: the agent's own turn. `system`: cron, heartbeat, webhook. */
export const originSchema = z.enum(["human", "model", "system"]).meta({ id: "Origin" });
export type Origin = z.infer<typeof originSchema>;

/** Where a call comes from. Only adapters of surfaces make one, from what the transport authenticated; never from text. */
export const trustedContextSchema = z
  .strictObject({
    /** Stable and unique, such as a Matrix user id; never a display name. Compared unit by unit. */
    principalId: identifier,
    sessionId: identifier,
    agentId: identifier,
    /** `webhook` and `cron` have no command path. */
    surface: z.string().regex(/^(cli|tui|web|gateway|webhook|cron|channel:[a-z0-9-]{1,64})$/u),
    origin: originSchema,
    /** Nobody but the principal reads along: a terminal, a direct message; not a group. */
    isDirect: z.boolean(),
  })
  .meta({ id: "TrustedContext" });
export type TrustedContext = z.infer<typeof trustedContextSchema>;

/** What the operator allows. Times in milliseconds. */
export const elevationPolicySchema = z
  .strictObject({
    enabled: z.boolean(),
    /** The longest time to live that may be asked for. */
    maxTtlMs: z.int().min(1_000).max(86_400_000),
    /** How long a request waits for its code. */
    pendingTtlMs: z.int().min(1_000).max(3_600_000),
    /** Wrong codes that end a request. */
    maxAttempts: z.int().min(1).max(10),
    /** How long requests are refused after that. */
    lockoutMs: milliseconds,
    /** How long `host.hook` may take. */
    hookTimeoutMs: z.int().min(1).max(600_000),
    /** Who may be elevated. */
    principals: z.array(identifier),
    /** Who may revoke the grants of others. */
    admins: z.array(identifier),
    /** Agents that may leave the sandbox. */
    agents: z.array(identifier),
    /** The tools that elevation is about. */
    tools: z.array(toolName),
    /** Tools that never run, elevated or not. */
    deniedTools: z.array(toolName),
  })
  .meta({ id: "ElevationPolicy" });
export type ElevationPolicy = z.infer<typeof elevationPolicySchema>;

/** The last event that the audit log holds. */
export const auditHeadSchema = z.strictObject({ seq: z.int().min(1), hash: sha256 }).meta({ id: "AuditHead" });
export type AuditHead = z.infer<typeof auditHeadSchema>;

export const elevationConfigSchema = z
  .strictObject({
    policy: elevationPolicySchema,
    /** Where the chain goes on; null for a new log. */
    auditHead: auditHeadSchema.nullable(),
  })
  .meta({ id: "ElevationConfig" });
export type ElevationConfig = z.infer<typeof elevationConfigSchema>;

/** `window`: any number of calls until the end. `once`: one call. */
export const grantModeSchema = z.enum(["window", "once"]).meta({ id: "GrantMode" });
export type GrantMode = z.infer<typeof grantModeSchema>;

/** What a user typed. Range and form are judged by the gate, which answers with a code that says what is allowed. */
export const elevationRequestSchema = z
  .strictObject({
    ttlMs: z.number(),
    reason: z.string().max(10_000),
    /** All tools of the policy that are not denied, where it is left out. */
    tools: z.array(z.string().max(256)).min(1).max(100).optional(),
    /** `window` where it is left out. */
    mode: grantModeSchema.optional(),
  })
  .meta({ id: "ElevationRequest" });
export type ElevationRequest = z.infer<typeof elevationRequestSchema>;

/** `own`: the grant of the caller's principal, session and agent. `all`: every grant of the principal; of everybody for an admin. */
export const revokeTargetSchema = z
  .union([z.literal("own"), z.literal("all"), z.strictObject({ grantId: identifier })])
  .meta({ id: "RevokeTarget" });
export type RevokeTarget = z.infer<typeof revokeTargetSchema>;

/** `pending` and `active` are live; each grant ends in exactly one of the others. */
export const grantStateSchema = z
  .enum(["pending", "active", "denied", "pending_expired", "superseded", "expired", "revoked", "consumed"])
  .meta({ id: "GrantState" });
export type GrantState = z.infer<typeof grantStateSchema>;

export const grantViewSchema = z
  .strictObject({
    grantId: identifier,
    state: grantStateSchema,
    principalId: identifier,
    sessionId: identifier,
    agentId: identifier,
    tools: z.array(toolName),
    mode: grantModeSchema,
    ttlMs: z.int(),
    /** As it was given, in NFC, with what looks like a secret replaced. */
    reason: z.string(),
    /** Until the code or the grant is over; 0 once it is. */
    remainingMs: z.number().min(0),
  })
  .meta({ id: "GrantView" });
export type GrantView = z.infer<typeof grantViewSchema>;

/**
 * - `OK_PENDING`, `OK_ACTIVE`, `OK_DENIED`, `OK_REVOKED`, `OK_STATUS`: done.
 * - `E_DISABLED`: the policy has elevation off.
 * - `E_ORIGIN`: only a person may do this.
 * - `E_SURFACE`: not from here: others read along, or nobody could answer.
 * - `E_NOT_ALLOWED`: the principal or the agent is not in the policy.
 * - `E_TTL_RANGE`, `E_REASON`, `E_TOOL`: the request asks for what cannot be given.
 * - `E_ALREADY_ACTIVE`: there is a grant already; it is not made longer.
 * - `E_NO_PENDING`: nothing waits for a code.
 * - `E_CODE`: not the code that this request waits for.
 * - `E_LOCKED`: too many wrong codes.
 * - `E_EXPIRED`: the request waited too long.
 * - `E_HOOK`: a hook did not allow it, or did not answer.
 * - `E_NO_GRANT`: nothing to revoke.
 * - `E_AUDIT_UNAVAILABLE`: it could not be audited, so it did not happen.
 */
export const replyCodeSchema = z
  .enum([
    "OK_PENDING",
    "OK_ACTIVE",
    "OK_DENIED",
    "OK_REVOKED",
    "OK_STATUS",
    "E_DISABLED",
    "E_ORIGIN",
    "E_SURFACE",
    "E_NOT_ALLOWED",
    "E_TTL_RANGE",
    "E_REASON",
    "E_TOOL",
    "E_ALREADY_ACTIVE",
    "E_NO_PENDING",
    "E_CODE",
    "E_LOCKED",
    "E_EXPIRED",
    "E_HOOK",
    "E_NO_GRANT",
    "E_AUDIT_UNAVAILABLE",
  ])
  .meta({ id: "ReplyCode" });
export type ReplyCode = z.infer<typeof replyCodeSchema>;

const replyMembers = {
  code: replyCodeSchema,
  /** The grants that the call was about, as they are now. */
  grants: z.array(grantViewSchema),
  /** What could be asked for, with `E_TTL_RANGE` and `E_TOOL`. */
  limits: z.strictObject({ maxTtlMs: z.int(), tools: z.array(toolName) }).nullable(),
  /** With `E_CODE`. */
  attemptsLeft: z.int().min(0).nullable(),
  /** With `E_LOCKED`. */
  retryAfterMs: z.number().min(0).nullable(),
};

export const elevationReplySchema = z.strictObject(replyMembers).meta({ id: "ElevationReply" });
export type ElevationReply = z.infer<typeof elevationReplySchema>;

export const requestReplySchema = z
  .strictObject({
    ...replyMembers,
    /** The code that confirms this request, with `OK_PENDING`; letters and digits, for the eyes of the principal alone. */
    challenge: secretReferenceSchema.nullable(),
  })
  .meta({ id: "RequestReply" });

/** A file as it was looked at: what it is by path, and what it is by itself. */
const fileFacts = z.strictObject({ path: z.string().min(1).max(4_096), sha256 });

/** One tool call as it will run, resolved. Compared member by member, unit by unit. */
export const callFactsSchema = z
  .strictObject({
    tool: z.string().min(1).max(64),
    /** With the name of the program first; no shell is between. */
    argv: z.array(z.string().max(1_000_000)).max(10_000),
    cwd: z.strictObject({ path: z.string().min(1).max(4_096), device: z.string().max(64), inode: z.string().max(64) }),
    /** Of the environment that it gets: sha256 over the canonical JSON of its variables. */
    environmentDigest: sha256,
    /** After every link was followed. */
    executable: fileFacts,
    /** The script that an interpreter is given, where there is one. */
    script: fileFacts.nullable(),
  })
  .meta({ id: "CallFacts" });
export type CallFacts = z.infer<typeof callFactsSchema>;

/** `deny`: the policy forbids the tool wherever it would run. */
export const verdictSchema = z
  .strictObject({
    decision: z.enum(["host", "sandbox", "deny"]),
    why: z.enum(["ELEVATED", "NOT_ELEVATED", "OUT_OF_SCOPE", "POLICY_DENIED"]),
    tool: z.string(),
    grantId: identifier.nullable(),
    remainingMs: z.number().min(0),
    /** Of the facts; `acquire` takes it. */
    callDigest: z.string().min(1).max(200),
  })
  .meta({ id: "Verdict" });
export type Verdict = z.infer<typeof verdictSchema>;

export const acquireRequestSchema = z
  .strictObject({
    /** As they are now. */
    call: callFactsSchema,
    /** The `callDigest` of the verdict that this call stands on. */
    checkedDigest: z.string().max(200),
  })
  .meta({ id: "AcquireRequest" });
export type AcquireRequest = z.infer<typeof acquireRequestSchema>;

/** `DENIED_DRIFT`: the call is not the one that was checked. */
export const acquireCodeSchema = z
  .enum(["GRANTED", "DENIED_NOT_ELEVATED", "DENIED_SCOPE", "DENIED_POLICY", "DENIED_DRIFT", "DENIED_AUDIT_UNAVAILABLE"])
  .meta({ id: "AcquireCode" });
export type AcquireCode = z.infer<typeof acquireCodeSchema>;

export const acquiredSchema = z
  .strictObject({
    code: acquireCodeSchema,
    tool: z.string(),
    /** With `GRANTED`: the right to start this one call on the host, now. */
    leaseId: identifier.nullable(),
    grantId: identifier.nullable(),
    remainingMs: z.number().min(0),
  })
  .meta({ id: "Acquired" });
export type Acquired = z.infer<typeof acquiredSchema>;

export const releaseRequestSchema = z
  .strictObject({
    leaseId: identifier,
    /** `terminated`: the gate's grant ended first, and the process was ended for it. */
    outcome: z.enum(["exited", "signalled", "terminated", "not-started"]),
    exitCode: z.int().nullable(),
    signal: z.string().max(20).nullable(),
  })
  .meta({ id: "ReleaseRequest" });
export type ReleaseRequest = z.infer<typeof releaseRequestSchema>;

export const releasedSchema = z.strictObject({ released: z.boolean() }).meta({ id: "Released" });

export const reloadedSchema = z
  .strictObject({
    /** Members of the policy that would allow more than before; they wait for the next start. */
    deferred: z.array(z.string()),
    /** Grants that the new policy ended. */
    revoked: z.int().min(0),
  })
  .meta({ id: "Reloaded" });
export type Reloaded = z.infer<typeof reloadedSchema>;

export const endedSessionSchema = z.strictObject({ revoked: z.int().min(0) }).meta({ id: "EndedSession" });

/** What a confirm-hook is asked. It holds nothing of the code. */
export const hookPromptSchema = z
  .strictObject({
    grantId: identifier,
    principalId: identifier,
    sessionId: identifier,
    agentId: identifier,
    surface: z.string(),
    tools: z.array(toolName),
    mode: grantModeSchema,
    ttlMs: z.int(),
    reason: z.string(),
  })
  .meta({ id: "HookPrompt" });
export type HookPrompt = z.infer<typeof hookPromptSchema>;

/** Anything else than this, an error and silence included, does not allow. */
export const hookAnswerSchema = z.strictObject({ allow: z.boolean() }).meta({ id: "HookAnswer" });

export const auditEventTypeSchema = z
  .enum([
    "gate.started",
    "gate.reloaded",
    "elevation.requested",
    "elevation.refused",
    "elevation.confirm_failed",
    "elevation.activated",
    "elevation.denied",
    "elevation.pending_expired",
    "elevation.superseded",
    "elevation.expired",
    "elevation.revoked",
    "elevation.consumed",
    "tool.exec.start",
    "tool.exec.denied",
    "tool.exec.end",
  ])
  .meta({ id: "AuditEventType" });
export type AuditEventType = z.infer<typeof auditEventTypeSchema>;

/** One line of the audit log. Every member is always there; null where the type has nothing to say. */
export const auditEventSchema = z
  .strictObject({
    v: z.literal(1),
    /** Counts from 1 over the life of the log. */
    seq: z.int().min(1),
    /** When it happened, by the wall clock: ISO 8601 in UTC with milliseconds. */
    ts: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u),
    /** The same instant on the monotonic clock, in whole milliseconds. */
    monoMs: z.int().min(0),
    /** Of this start of the gate; differs from that of every other start. */
    epoch: identifier,
    type: auditEventTypeSchema,
    grantId: identifier.nullable(),
    principalId: identifier.nullable(),
    sessionId: identifier.nullable(),
    agentId: identifier.nullable(),
    surface: z.string().nullable(),
    origin: originSchema.nullable(),
    tools: z.array(toolName).nullable(),
    mode: grantModeSchema.nullable(),
    ttlMs: z.int().nullable(),
    remainingMs: z.number().min(0).nullable(),
    reason: z.string().nullable(),
    /** Why, in a word of the implementation or a code of the contract. */
    cause: z.string().max(200).nullable(),
    tool: z.string().nullable(),
    callDigest: z.string().nullable(),
    /** The start of the arguments, for people; redacted, printable, at most 200 characters. */
    preview: z.string().max(200).nullable(),
    environment: z.enum(["host", "sandbox"]).nullable(),
    leaseId: identifier.nullable(),
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    /** Events like this one that were left out before it. */
    suppressed: z.int().min(0),
    /** Values that were replaced in `reason` and `preview`. */
    redactions: z.int().min(0),
    /** `hash` of the event before; 64 zeros for the first of a log. */
    prevHash: sha256,
    /** sha256 over the canonical JSON (RFC 8785) of the event without this member. */
    hash: sha256,
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.infer<typeof auditEventSchema>;
