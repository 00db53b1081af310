import type { ElevationPolicy, ElevationRequest, ReplyCode, TrustedContext } from "@flynn/sdk/elevation-gate";

import { acceptedReason } from "./reason.ts";
import { askableTools } from "./policy.ts";

const SHORTEST_TTL_MS = 1_000;
const WITHOUT_COMMANDS = ["webhook", "cron"];

/** Why this context may not ask for or confirm a grant; undefined where it may. */
export function refusalOf(context: TrustedContext, policy: ElevationPolicy): ReplyCode | undefined {
  if (!policy.enabled) return "E_DISABLED";
  if (context.origin !== "human") return "E_ORIGIN";
  if (WITHOUT_COMMANDS.includes(context.surface)) return "E_SURFACE";
  if (!policy.principals.includes(context.principalId) || !policy.agents.includes(context.agentId)) return "E_NOT_ALLOWED";
  return undefined;
}

/** What of the request itself cannot be given; undefined where all of it can. */
export function problemOf(request: ElevationRequest, policy: ElevationPolicy): ReplyCode | undefined {
  const { ttlMs, reason, tools } = request;
  if (!Number.isInteger(ttlMs) || ttlMs < SHORTEST_TTL_MS || ttlMs > policy.maxTtlMs) return "E_TTL_RANGE";
  if (acceptedReason(reason) === undefined) return "E_REASON";
  const askable = askableTools(policy);
  return askable.length === 0 || tools?.some((tool) => !askable.includes(tool)) ? "E_TOOL" : undefined;
}
