import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";

/** Whether a larger number allows more. */
const NUMBERS = { maxTtlMs: true, pendingTtlMs: true, maxAttempts: true, hookTimeoutMs: true, lockoutMs: false } as const;
const ALLOWED = ["principals", "admins", "agents", "tools"] as const;

type NumberName = keyof typeof NUMBERS;

/** What both policies allow, and the members of `next` that would allow more than `current` does. */
export function narrowed(
  current: ElevationPolicy,
  next: ElevationPolicy,
): { readonly policy: ElevationPolicy; readonly deferred: readonly string[] } {
  const numbers = Object.entries(NUMBERS) as [NumberName, boolean][];
  const stricter = numbers.map(([name, isMore]) => [
    name,
    isMore ? Math.min(current[name], next[name]) : Math.max(current[name], next[name]),
  ]);
  const common = ALLOWED.map((name) => [name, next[name].filter((member) => current[name].includes(member))]);
  const policy = {
    ...next,
    ...(Object.fromEntries([...stricter, ...common]) as Pick<ElevationPolicy, NumberName | (typeof ALLOWED)[number]>),
    enabled: current.enabled && next.enabled,
    deniedTools: [...new Set([...current.deniedTools, ...next.deniedTools])],
  };
  const deferred = [
    ...(next.enabled && !current.enabled ? ["enabled"] : []),
    ...numbers.filter(([name]) => policy[name] !== next[name]).map(([name]) => name),
    ...ALLOWED.filter((name) => policy[name].length < next[name].length),
    ...(policy.deniedTools.length > new Set(next.deniedTools).size ? ["deniedTools"] : []),
  ];
  return { policy, deferred };
}

/** The tools that may be asked for. */
export function askableTools(policy: ElevationPolicy): readonly string[] {
  return policy.tools.filter((tool) => !policy.deniedTools.includes(tool));
}
