import { randomUUID } from "node:crypto";

import {
  acquireRequestSchema,
  callFactsSchema,
  elevationPolicySchema,
  elevationRequestSchema,
  releaseRequestSchema,
  revokeTargetSchema,
  trustedContextSchema,
} from "@flynn/sdk/elevation-gate";
import type {
  AcquireCode,
  AcquireRequest,
  Acquired,
  AuditHead,
  CallFacts,
  ElevationGate,
  ElevationPolicy,
  ElevationReply,
  ElevationRequest,
  ReleaseRequest,
  Reloaded,
  ReplyCode,
  RequestReply,
  RevokeTarget,
  TrustedContext,
  Verdict,
} from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";
import * as z from "zod";

import { printable } from "../text/printable.ts";
import { problemOf, refusalOf } from "./admission.ts";
import { parseArgument } from "./arguments.ts";
import type { AuditSink } from "./audit-trail.ts";
import { callDigestOf, callPreviewOf } from "./call-facts.ts";
import { isCodeOf, issueChallenge } from "./challenge.ts";
import { isAllowedByHook } from "./confirm-hook.ts";
import type { ConfirmHook } from "./confirm-hook.ts";
import { Grant, grantKeyOf } from "./grant.ts";
import { GrantKeeper } from "./grant-keeper.ts";
import type { LeasesEnded } from "./leases.ts";
import { askableTools, narrowed } from "./policy.ts";
import { acceptedReason } from "./reason.ts";
import { redact } from "./redaction.ts";
import { replyOf } from "./replies.ts";

export interface ReferenceElevationGateOptions {
  readonly policy: ElevationPolicy;
  readonly clock: Clock;
  /** Where the chain of the log goes on; null for a new log. */
  readonly auditHead: AuditHead | null;
  readonly audit: AuditSink;
  readonly hook: ConfirmHook;
  /** Told, in the same turn, that calls which run under a grant must end. */
  readonly onLeasesEnded?: (ended: LeasesEnded) => void;
}

/** The reference gate. What is live and what has ended is with {@link GrantKeeper}; here is who may do what. */
export class ReferenceElevationGate implements ElevationGate {
  readonly #clock: Clock;
  readonly #hook: ConfirmHook;
  readonly #grants: GrantKeeper;
  #policy: ElevationPolicy;

  constructor({ policy, clock, auditHead, audit, hook, onLeasesEnded = () => {} }: ReferenceElevationGateOptions) {
    this.#policy = policy;
    this.#clock = clock;
    this.#hook = hook;
    this.#grants = new GrantKeeper({ clock, audit, auditHead, epoch: randomUUID(), onLeasesEnded });
  }

  async request(givenContext: TrustedContext, givenRequest: ElevationRequest): Promise<RequestReply> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    const request = parseArgument("request", elevationRequestSchema, givenRequest);
    const key = grantKeyOf(context);
    const refusal = this.#refusal(context) ?? problemOf(request, this.#policy) ?? this.#obstacle(key);
    if (refusal !== undefined) return { ...this.#refuse(refusal, context), challenge: null };

    const { code, challenge } = issueChallenge();
    const { policy } = this;
    const { text: reason, redactions } = redact(acceptedReason(request.reason) ?? "");
    const tools = [...new Set(request.tools ?? askableTools(policy))];
    const terms = { context, tools, mode: request.mode ?? "window", ttlMs: request.ttlMs, reason, redactions };
    const grant = new Grant(terms, challenge, { from: this.#grants.now(), ms: policy.pendingTtlMs, attempts: policy.maxAttempts });

    if (!(await this.#grants.announce(grant))) return { ...replyOf("E_AUDIT_UNAVAILABLE"), challenge: null };
    const problem = this.#grants.makePending(grant);
    if (problem === "E_LOCKED") return { ...this.#refuse(problem, context), challenge: null };
    if (problem !== undefined) return { ...replyOf(problem), challenge: null };
    return { ...replyOf("OK_PENDING", { grants: [grant], reading: this.#grants.now() }), challenge: code };
  }

  async confirm(givenContext: TrustedContext, givenCode: string): Promise<ElevationReply> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    const code = parseArgument("code", z.string().max(256), givenCode);
    const refusal = this.#refusal(context, { mayBeHeard: true });
    if (refusal !== undefined) return this.#refuse(refusal, context);
    const key = grantKeyOf(context);
    const grant = this.#grants.pending(key);
    if (!grant || grant.isConfirming) return this.#nothingPending(key);
    if (!isCodeOf(grant.challenge, code)) return this.#wrongCode(grant, context);

    grant.isConfirming = true;
    const isAllowed = await isAllowedByHook(this.#hook, grant, this.#clock, this.#policy.hookTimeoutMs);
    // Meanwhile somebody may have ended it, or time, or a newer request.
    if (this.#grants.pending(key) !== grant) return this.#nothingPending(key);
    if (!isAllowed) {
      this.#grants.end(grant, "denied", "hook");
      return replyOf("E_HOOK");
    }
    if (!(await this.#grants.activate(grant, context))) {
      return grant.isLive ? replyOf("E_AUDIT_UNAVAILABLE") : this.#nothingPending(key);
    }
    return replyOf("OK_ACTIVE", { grants: [grant], reading: this.#grants.now() });
  }

  async deny(givenContext: TrustedContext): Promise<ElevationReply> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    if (context.origin !== "human") return this.#refuse("E_ORIGIN", context);
    const grant = this.#grants.pending(grantKeyOf(context));
    if (!grant) return replyOf("E_NO_PENDING");
    this.#grants.end(grant, "denied", "principal", { by: context });
    return replyOf("OK_DENIED", { grants: [grant], reading: this.#grants.now() });
  }

  async revoke(givenContext: TrustedContext, givenTarget: RevokeTarget): Promise<ElevationReply> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    const target = parseArgument("target", revokeTargetSchema, givenTarget);
    const isHuman = context.origin === "human";
    if (!isHuman && target === "all") return this.#refuse("E_ORIGIN", context);
    const key = grantKeyOf(context);
    const isAdmin = isHuman && this.#policy.admins.includes(context.principalId);
    const reach = (grant: Grant): boolean => isAdmin || grant.key === key || (isHuman && grant.context.principalId === context.principalId);
    const isMeant = (grant: Grant): boolean => {
      if (target === "all") return true;
      return target === "own" ? grant.key === key : grant.grantId === target.grantId;
    };
    const grants = this.#grants.stoppable().filter((grant) => reach(grant) && isMeant(grant));
    const admin = `admin ${printable(context.principalId, LONGEST_NAME)}`;
    for (const grant of grants) {
      this.#grants.stop(grant, grant.context.principalId === context.principalId ? "principal" : admin, context);
    }
    return replyOf(grants.length > 0 ? "OK_REVOKED" : "E_NO_GRANT", { grants, reading: this.#grants.now() });
  }

  async status(givenContext: TrustedContext): Promise<ElevationReply> {
    const { principalId } = parseArgument("context", trustedContextSchema, givenContext);
    const grants = this.#grants.ofPrincipal(principalId);
    return replyOf("OK_STATUS", { grants, reading: this.#grants.now() });
  }

  async check(givenContext: TrustedContext, givenCall: CallFacts): Promise<Verdict> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    const call = parseArgument("call", callFactsSchema, givenCall);
    const { decision, why, grant } = this.#decide(context, call.tool);
    const remainingMs = grant?.remainingMs(this.#grants.now()) ?? 0;
    return { decision, why, tool: call.tool, grantId: grant?.grantId ?? null, remainingMs, callDigest: callDigestOf(call) };
  }

  async acquire(givenContext: TrustedContext, givenRequest: AcquireRequest): Promise<Acquired> {
    const context = parseArgument("context", trustedContextSchema, givenContext);
    const { call, checkedDigest } = parseArgument("request", acquireRequestSchema, givenRequest);
    const { tool } = call;
    const callDigest = callDigestOf(call);
    const { why, grant } = this.#decide(context, tool);
    if (!grant) return this.#denyCall(DENIALS[why], context, call, callDigest);
    if (callDigest !== checkedDigest) return this.#denyCall("DENIED_DRIFT", context, call, callDigest, grant);

    // Before anything is awaited: of many at once, one takes it.
    grant.isTaken = grant.mode === "once";
    const { preview, redactions } = callPreviewOf(call);
    const details = { tool, callDigest, preview, redactions: grant.redactions + redactions };
    const lease = await this.#grants.startCall(grant, context, details, () => this.#isInScope(grant, tool));
    if (lease === "unaudited") return this.#denyCall("DENIED_AUDIT_UNAVAILABLE", context, call, callDigest, grant);
    if (!lease) return this.#denyCall("DENIED_NOT_ELEVATED", context, call, callDigest, grant);
    return { code: "GRANTED", tool, leaseId: lease.leaseId, grantId: grant.grantId, remainingMs: grant.remainingMs(this.#grants.now()) };
  }

  async release(givenRequest: ReleaseRequest): Promise<{ released: boolean }> {
    return { released: this.#grants.endCall(parseArgument("request", releaseRequestSchema, givenRequest)) };
  }

  async reload(givenPolicy: ElevationPolicy): Promise<Reloaded> {
    const next = parseArgument("policy", elevationPolicySchema, givenPolicy);
    const { policy, deferred } = narrowed(this.#policy, next);
    this.#policy = policy;
    const revoked = this.#grants.stoppable().filter((grant) => !this.#holdsUnder(policy, grant));
    for (const grant of revoked) this.#grants.stop(grant, "policy");
    const outlived = this.#grants.live().filter((grant) => this.#grants.shorten(grant, policy.maxTtlMs));
    this.#grants.tellReload(deferred);
    return { deferred: [...deferred], revoked: revoked.length + outlived.length };
  }

  async endSession(givenSession: string): Promise<{ revoked: number }> {
    const sessionId = parseArgument("sessionId", z.string().min(1).max(256), givenSession);
    const grants = this.#grants.stoppable().filter(({ context }) => context.sessionId === sessionId);
    for (const grant of grants) this.#grants.stop(grant, "session ended");
    return { revoked: grants.length };
  }

  /** Ends everything: nothing is carried over. */
  close(): void {
    this.#grants.close();
  }

  /** Resolves once the log has all that was told so far, or does not take it. */
  flushed(): Promise<void> {
    return this.#grants.flushed();
  }

  get policy(): ElevationPolicy {
    return this.#policy;
  }

  #refusal(context: TrustedContext, { mayBeHeard = false } = {}): ReplyCode | undefined {
    return refusalOf(context, this.#policy) ?? (context.isDirect || mayBeHeard ? undefined : "E_SURFACE");
  }

  /** What stands in the way of a new request of this key. */
  #obstacle(key: string): ReplyCode | undefined {
    if (this.#grants.active(key)) return "E_ALREADY_ACTIVE";
    return this.#grants.lockedForMs(key) > 0 ? "E_LOCKED" : undefined;
  }

  #refuse(code: ReplyCode, context: TrustedContext): ElevationReply {
    this.#grants.tellRefusal(code, context);
    const limits = { maxTtlMs: this.#policy.maxTtlMs, tools: [...askableTools(this.#policy)] };
    if (code === "E_TTL_RANGE" || code === "E_TOOL") return replyOf(code, { limits });
    return code === "E_LOCKED" ? replyOf(code, { retryAfterMs: this.#grants.lockedForMs(grantKeyOf(context)) }) : replyOf(code);
  }

  #wrongCode(grant: Grant, context: TrustedContext): ElevationReply {
    grant.attemptsLeft -= 1;
    this.#grants.tellWrongCode(grant, context);
    if (grant.attemptsLeft > 0) return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft });
    this.#grants.end(grant, "denied", "too many wrong codes", { lockMs: this.#policy.lockoutMs });
    return replyOf("E_CODE", { attemptsLeft: 0 });
  }

  #nothingPending(key: string): ElevationReply {
    const retryAfterMs = this.#grants.lockedForMs(key);
    if (retryAfterMs > 0) return replyOf("E_LOCKED", { retryAfterMs });
    return replyOf(this.#grants.lastEnd(key) === "pending_expired" ? "E_EXPIRED" : "E_NO_PENDING");
  }

  #decide(context: TrustedContext, tool: string): Pick<Verdict, "decision" | "why"> & { readonly grant?: Grant } {
    if (this.#policy.deniedTools.includes(tool)) return { decision: "deny", why: "POLICY_DENIED" };
    const grant = context.origin === "system" ? undefined : this.#grants.active(grantKeyOf(context));
    if (!grant || grant.isTaken) return { decision: "sandbox", why: "NOT_ELEVATED" };
    if (!this.#isInScope(grant, tool)) return { decision: "sandbox", why: "OUT_OF_SCOPE" };
    return { decision: "host", why: "ELEVATED", grant };
  }

  #isInScope(grant: Grant, tool: string): boolean {
    return grant.tools.includes(tool) && askableTools(this.#policy).includes(tool);
  }

  #denyCall(code: AcquireCode, context: TrustedContext, call: CallFacts, callDigest: string, grant?: Grant): Acquired {
    this.#grants.tellDenial(code, context, call, callDigest, grant);
    return { code, tool: call.tool, leaseId: null, grantId: null, remainingMs: 0 };
  }

  #holdsUnder(policy: ElevationPolicy, { context, tools, ttlMs, state }: Grant): boolean {
    if (!policy.enabled || !policy.principals.includes(context.principalId) || !policy.agents.includes(context.agentId)) return false;
    const askable = askableTools(policy);
    return tools.some((tool) => askable.includes(tool)) && (state !== "pending" || ttlMs <= policy.maxTtlMs);
  }
}

/** Of an admin, in the cause of an event. */
const LONGEST_NAME = 100;

const DENIALS: Readonly<Record<Verdict["why"], AcquireCode>> = {
  ELEVATED: "GRANTED",
  NOT_ELEVATED: "DENIED_NOT_ELEVATED",
  OUT_OF_SCOPE: "DENIED_SCOPE",
  POLICY_DENIED: "DENIED_POLICY",
};
