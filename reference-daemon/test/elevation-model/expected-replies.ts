import type { AcquireCode, ElevationRequest, ReplyCode, RevokeTarget, TrustedContext, Verdict } from "@flynn/sdk/elevation-gate";

import { isSameSeat } from "./contexts.ts";
import type { ModelGrant } from "./model-grant.ts";
import type { ElevationOracle } from "./oracle.ts";
import { toolsOf } from "./policy-rules.ts";

/** Every reason to refuse; the contract does not say which of several is told. */
function refusals({ policy }: ElevationOracle, { principalId, agentId, origin, surface }: TrustedContext): ReplyCode[] {
  const codes: ReplyCode[] = [];
  if (!policy.enabled) codes.push("E_DISABLED");
  if (origin !== "human") codes.push("E_ORIGIN");
  if (surface === "webhook" || surface === "cron") codes.push("E_SURFACE");
  if (!policy.principals.includes(principalId) || !policy.agents.includes(agentId)) codes.push("E_NOT_ALLOWED");
  return codes;
}

/** What `request` may answer. */
export function repliesToRequest(oracle: ElevationOracle, context: TrustedContext, request: ElevationRequest): ReplyCode[] {
  const codes = refusals(oracle, context);
  const lock = oracle.lockOf(context);
  if (!context.isDirect) codes.push("E_SURFACE");
  if (!Number.isInteger(request.ttlMs) || request.ttlMs < 1_000 || request.ttlMs > oracle.policy.maxTtlMs) codes.push("E_TTL_RANGE");
  if (request.reason.length < 3) codes.push("E_REASON");
  const askable = toolsOf(oracle.policy);
  if (askable.length === 0 || request.tools?.some((tool) => !askable.includes(tool))) codes.push("E_TOOL");
  if (oracle.activeOf(context)) codes.push("E_ALREADY_ACTIVE");
  if (lock === "locked") codes.push("E_LOCKED");
  if (codes.length > 0) return lock === "unsure" ? [...codes, "E_LOCKED"] : codes;
  const granted: ReplyCode = oracle.isAuditTaking ? "OK_PENDING" : "E_AUDIT_UNAVAILABLE";
  return lock === "unsure" ? [granted, "E_LOCKED"] : [granted];
}

/** What `confirm` may answer, where the hook allows or not, and answers at once. */
export function repliesToConfirm(oracle: ElevationOracle, context: TrustedContext, code: string, isAllowed: boolean): ReplyCode[] {
  const codes = refusals(oracle, context);
  if (codes.length > 0) return codes;
  const pending = oracle.pendingOf(context);
  if (!pending) return repliesWithoutPending(oracle, context, code);
  if (pending.code !== code) return ["E_CODE"];
  if (!isAllowed) return ["E_HOOK"];
  return [oracle.isAuditTaking ? "OK_ACTIVE" : "E_AUDIT_UNAVAILABLE"];
}

/** Only of the last request, with its own code, the contract says that it must be told to have waited too long. */
export function repliesWithoutPending(oracle: ElevationOracle, context: TrustedContext, code: string): ReplyCode[] {
  if (oracle.lockOf(context) !== "open") return ["E_LOCKED", "E_NO_PENDING", "E_CODE"];
  const last = oracle.lastOf(context);
  if (!last?.endings.includes("pending_expired")) return ["E_NO_PENDING"];
  return last.endings.length === 1 && last.code === code ? ["E_EXPIRED"] : ["E_EXPIRED", "E_NO_PENDING"];
}

/** Whether the code is right and the hook is to be asked. */
export function isHookAsked(oracle: ElevationOracle, context: TrustedContext, code: string): boolean {
  return refusals(oracle, context).length === 0 && oracle.pendingOf(context)?.code === code;
}

/** What a revocation ends, and what of it runs on although its grant is used up: the contract does not say which reply that gives. */
export function revocation(
  oracle: ElevationOracle,
  context: TrustedContext,
  target: RevokeTarget,
): { readonly codes: readonly ReplyCode[]; readonly ended: readonly ModelGrant[] } {
  if (context.origin !== "human" && target === "all") return { codes: ["E_ORIGIN", "E_NO_GRANT"], ended: [] };
  const isMeant = (grant: ModelGrant): boolean => mayEnd(oracle, context, grant) && isTarget(context, target, grant);
  const ended = oracle.live().filter(isMeant);
  const isUsedUpOneMeant = oracle.grants.some((grant) => grant.state === "over" && grant.leases.size > 0 && isMeant(grant));
  if (ended.length > 0) return { codes: ["OK_REVOKED"], ended };
  return { codes: isUsedUpOneMeant ? ["E_NO_GRANT", "OK_REVOKED"] : ["E_NO_GRANT"], ended };
}

function mayEnd({ policy }: ElevationOracle, context: TrustedContext, { seat }: ModelGrant): boolean {
  if (isSameSeat(seat, context)) return true;
  if (context.origin !== "human") return false;
  return seat.principalId === context.principalId || policy.admins.includes(context.principalId);
}

function isTarget(context: TrustedContext, target: RevokeTarget, { seat, grantId }: ModelGrant): boolean {
  if (target === "all") return true;
  return target === "own" ? isSameSeat(seat, context) : grantId === target.grantId;
}

/** Where a call runs now. */
export function expectedVerdict(
  oracle: ElevationOracle,
  context: TrustedContext,
  tool: string,
): Pick<Verdict, "decision" | "why"> & { readonly grant?: ModelGrant } {
  if (oracle.policy.deniedTools.includes(tool)) return { decision: "deny", why: "POLICY_DENIED" };
  const grant = context.origin === "system" ? undefined : oracle.activeOf(context);
  if (!grant) return { decision: "sandbox", why: "NOT_ELEVATED" };
  if (!grant.tools.includes(tool) || !oracle.policy.tools.includes(tool)) return { decision: "sandbox", why: "OUT_OF_SCOPE" };
  return { decision: "host", why: "ELEVATED", grant };
}

/** What `acquire` may answer to a call that was checked, or to another one in its place. */
export function codesOfAcquire(oracle: ElevationOracle, context: TrustedContext, tool: string, isDrift: boolean): AcquireCode[] {
  const { why } = expectedVerdict(oracle, context, tool);
  const drift: AcquireCode[] = isDrift ? ["DENIED_DRIFT"] : [];
  if (why === "POLICY_DENIED") return ["DENIED_POLICY", ...drift];
  if (why === "NOT_ELEVATED") return ["DENIED_NOT_ELEVATED", ...drift];
  if (why === "OUT_OF_SCOPE") return ["DENIED_SCOPE", ...drift];
  if (isDrift) return drift;
  return [oracle.isAuditTaking ? "GRANTED" : "DENIED_AUDIT_UNAVAILABLE"];
}
