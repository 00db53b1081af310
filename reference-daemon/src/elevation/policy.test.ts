import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";
import { expect, test } from "vitest";

import { askableTools, narrowed } from "./policy.ts";

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c"));
const policies: fc.Arbitrary<ElevationPolicy> = fc.record({
  enabled: fc.boolean(),
  maxTtlMs: fc.constantFrom(1_000, 2_000, 3_000),
  pendingTtlMs: fc.constantFrom(1_000, 2_000, 3_000),
  maxAttempts: fc.constantFrom(1, 2, 3),
  lockoutMs: fc.constantFrom(0, 1, 2),
  hookTimeoutMs: fc.constantFrom(1, 2, 3),
  principals: names,
  admins: names,
  agents: names,
  tools: names,
  deniedTools: names,
});

const isWithin = (part: readonly string[], whole: readonly string[]): boolean => part.every((name) => whole.includes(name));

/** Whether nothing is allowed by the first that the second forbids. */
function isNarrower(first: ElevationPolicy, second: ElevationPolicy): boolean {
  return (
    (!first.enabled || second.enabled) &&
    first.maxTtlMs <= second.maxTtlMs &&
    first.pendingTtlMs <= second.pendingTtlMs &&
    first.maxAttempts <= second.maxAttempts &&
    first.lockoutMs >= second.lockoutMs &&
    isWithin(first.principals, second.principals) &&
    isWithin(first.admins, second.admins) &&
    isWithin(first.agents, second.agents) &&
    isWithin(askableTools(first), askableTools(second))
  );
}

test("the policy after a reload allows nothing that one of the two forbids, and says what waits", () => {
  fc.assert(
    fc.property(policies, policies, (current, next) => {
      const { policy, deferred } = narrowed(current, next);
      expect(isNarrower(policy, current)).toBe(true);
      expect(isNarrower(policy, next)).toBe(true);
      if (deferred.length === 0) expect(isNarrower(next, current)).toBe(true);
      if (
        isNarrower(next, current) &&
        next.hookTimeoutMs <= current.hookTimeoutMs &&
        isWithin(next.tools, current.tools) &&
        isWithin(current.deniedTools, next.deniedTools)
      ) {
        expect(deferred).toEqual([]);
      }
    }),
  );
});
