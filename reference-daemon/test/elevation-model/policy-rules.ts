import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";

import type { ModelGrant } from "./model-grant.ts";

/** The members of a policy that the reloads of the model change. */
const LISTS = ["principals", "agents", "tools"] as const;

/** What both allow, and the members that would allow more. */
export function narrowedPolicy(
  before: ElevationPolicy,
  next: ElevationPolicy,
): { readonly policy: ElevationPolicy; readonly deferred: readonly string[] } {
  const policy = { ...before };
  const deferred: string[] = [];
  if (next.enabled && !before.enabled) deferred.push("enabled");
  policy.enabled = before.enabled && next.enabled;
  if (next.maxTtlMs > before.maxTtlMs) deferred.push("maxTtlMs");
  policy.maxTtlMs = Math.min(before.maxTtlMs, next.maxTtlMs);
  for (const list of LISTS) {
    if (next[list].some((member) => !before[list].includes(member))) deferred.push(list);
    policy[list] = before[list].filter((member) => next[list].includes(member));
  }
  if (before.deniedTools.some((tool) => !next.deniedTools.includes(tool))) deferred.push("deniedTools");
  policy.deniedTools = [...new Set([...before.deniedTools, ...next.deniedTools])];
  return { policy, deferred };
}

/** The tools that a request may name. */
export function toolsOf({ tools, deniedTools }: ElevationPolicy): readonly string[] {
  return tools.filter((tool) => !deniedTools.includes(tool));
}

/** Whether anything of the grant is left under this policy. */
export function standsUnder(policy: ElevationPolicy, { seat, tools, state, ttlMs }: ModelGrant): boolean {
  if (!policy.enabled || !policy.principals.includes(seat.principalId) || !policy.agents.includes(seat.agentId)) return false;
  if (state === "pending" && ttlMs > policy.maxTtlMs) return false;
  return tools.some((tool) => toolsOf(policy).includes(tool));
}
