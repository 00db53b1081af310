export type { ElevationGate, RequestReply } from "./contract.ts";
export { AUDIT_GENESIS, chainEvent, verifyChain } from "./audit-chain.ts";
export type { ChainBreak, UnchainedEvent } from "./audit-chain.ts";
export { parseElevateCommand, parseTtl } from "./command-grammar.ts";
export type { ElevateCommand } from "./command-grammar.ts";
export { renderElevationReply, renderHookPrompt, renderSyntaxProblem } from "./command-text.ts";
export { elevationGateContract } from "./definition.ts";
export { ELEVATION_GATE_ERROR_CODES } from "./errors.ts";
export type { ElevationGateErrorCode } from "./errors.ts";
export { elevationGateRequirements } from "./requirements.ts";
export {
  acquireRequestSchema,
  auditEventSchema,
  auditHeadSchema,
  callFactsSchema,
  elevationConfigSchema,
  elevationPolicySchema,
  elevationRequestSchema,
  hookAnswerSchema,
  releaseRequestSchema,
  revokeTargetSchema,
  trustedContextSchema,
} from "./schema.ts";
export type {
  AcquireCode,
  AcquireRequest,
  Acquired,
  AuditEvent,
  AuditEventType,
  AuditHead,
  CallFacts,
  ElevationConfig,
  ElevationPolicy,
  ElevationReply,
  ElevationRequest,
  GrantMode,
  GrantState,
  GrantView,
  HookPrompt,
  Origin,
  ReleaseRequest,
  Reloaded,
  ReplyCode,
  RevokeTarget,
  TrustedContext,
  Verdict,
} from "./schema.ts";
