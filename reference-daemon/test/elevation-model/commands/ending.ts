import assert from "node:assert/strict";

import type { ElevationPolicy, RevokeTarget, TrustedContext } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

import { anybody, BASE_POLICY, meddler, nameOf } from "../contexts.ts";
import { ElevationCommand } from "../elevation-command.ts";
import type { Step } from "../elevation-command.ts";
import { revocation } from "../expected-replies.ts";
import type { ElevationOracle } from "../oracle.ts";

export function denyStep(context: TrustedContext): Step {
  return async (oracle, { gate }) => {
    const pending = context.origin === "human" ? oracle.pendingOf(context) : undefined;
    const { code } = await gate.deny(context);
    if (context.origin === "human") assert.equal(code, pending ? "OK_DENIED" : "E_NO_PENDING", `deny by ${nameOf(context)}`);
    else assert.equal(code, "E_ORIGIN", `deny by ${nameOf(context)}`);
    if (pending) oracle.end(pending, ["denied"]);
  };
}

/** Numbers stand for one of the grants that are live, or of all that there ever were. */
type Target = "own" | "all" | { readonly live: number } | { readonly ever: number };

export function revokeStep(context: TrustedContext, named: Target): Step {
  return async (oracle, { gate }) => {
    const target = targetOf(oracle, named);
    const { codes, ended } = revocation(oracle, context, target);
    const reply = await gate.revoke(context, target);
    assert.ok(codes.includes(reply.code), `revoke by ${nameOf(context)}: ${reply.code}, which is not ${codes.join(" or ")}`);
    for (const grant of ended) {
      assert.ok(
        reply.grants.some(({ grantId, state }) => grantId === grant.grantId && state === "revoked"),
        "a revocation shows what it ended",
      );
      oracle.end(grant, ["revoked"]);
    }
  };
}

function targetOf(oracle: ElevationOracle, named: Target): RevokeTarget {
  if (typeof named === "string") return named;
  const [grants, pick] = "live" in named ? [oracle.live(), named.live] : [oracle.grants, named.ever];
  return { grantId: grants[pick % Math.max(1, grants.length)]?.grantId ?? "elv_none" };
}

function endSessionStep(sessionId: string): Step {
  return async (oracle, { gate }) => {
    const ended = oracle.live().filter(({ seat }) => seat.sessionId === sessionId);
    const usedUp = oracle.grants.filter(
      ({ state, leases, seat }) => state === "over" && leases.size > 0 && seat.sessionId === sessionId,
    ).length;
    const { revoked } = await gate.endSession(sessionId);
    const isCounted = revoked >= ended.length && revoked <= ended.length + usedUp;
    assert.ok(isCounted, `endSession: ${revoked} revoked, of ${ended.length} that were live`);
    for (const grant of ended) oracle.end(grant, ["revoked"]);
  };
}

export function reloadStep(nextOf: (oracle: ElevationOracle) => ElevationPolicy): Step {
  return async (oracle, { gate }) => {
    const next = nextOf(oracle);
    const usedUp = oracle.grants.filter(({ state, leases }) => state === "over" && leases.size > 0).length;
    const expected = oracle.reload(next);
    const { deferred, revoked } = await gate.reload(next);
    assert.deepEqual(deferred.toSorted(), expected.deferred.toSorted(), "what waits for the next start");
    const isCounted = revoked >= expected.revoked && revoked <= expected.revoked + expected.outlived + usedUp;
    assert.ok(isCounted, `reload: ${revoked} revoked, and should be ${expected.revoked}`);
  };
}

const restartStep: Step = async (oracle, world) => {
  world.restart();
  oracle.restart();
};

export const deny = anybody.map((context) => new ElevationCommand(`deny(${nameOf(context)})`, denyStep(context)));

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constantFrom("own" as const, "all" as const),
  fc.nat(4).map((live) => ({ live })),
  fc.nat(100).map((ever) => ({ ever })),
);

export const revoke = fc
  .tuple(fc.oneof(anybody, meddler), target)
  .map(([context, named]) => new ElevationCommand(`revoke(${nameOf(context)}, ${fc.stringify(named)})`, revokeStep(context, named)));

export const endSession = fc
  .constantFrom("s1", "s1", "s2")
  .map((sessionId) => new ElevationCommand(`endSession(${sessionId})`, endSessionStep(sessionId)));

const edits: readonly Partial<ElevationPolicy>[] = [
  { maxTtlMs: 30_000 },
  { maxTtlMs: 5_000 },
  { maxTtlMs: 1_000 },
  { maxTtlMs: 120_000 },
  { agents: ["main"] },
  { agents: ["helper"] },
  { agents: ["main", "helper", "stray"] },
  { principals: ["alice", "root"] },
  { principals: ["bob", "root"] },
  { principals: ["alice", "bob", "root", "mallory"] },
  { tools: ["exec"] },
  { tools: ["write"] },
  { tools: ["exec", "write", "reboot"] },
  { deniedTools: ["exec"] },
  { deniedTools: ["write"] },
  { enabled: false },
];

export const reload = fc
  .uniqueArray(fc.constantFrom(...edits), { maxLength: 2 })
  .map((some) => Object.assign({}, ...some) as Partial<ElevationPolicy>)
  .map(
    (edit) =>
      new ElevationCommand(
        `reload(${fc.stringify(edit)})`,
        reloadStep(() => ({ ...BASE_POLICY, ...edit })),
      ),
  );

export const restart = fc.constant(new ElevationCommand("restart", restartStep));

/** Without it most of a run would be spent under a policy that allows nothing any more. */
export const restartWhenNarrowed = fc.constant(
  new ElevationCommand("restart", restartStep).onlyWhere(({ policy }) => policy !== BASE_POLICY),
);
