import assert from "node:assert/strict";

import type { Acquired, ReleaseRequest, TrustedContext } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

import { anybody, callOf, HOT, nameOf } from "../contexts.ts";
import { ElevationCommand } from "../elevation-command.ts";
import type { Step } from "../elevation-command.ts";
import { codesOfAcquire, expectedVerdict } from "../expected-replies.ts";
import { remainingMs } from "../model-grant.ts";
import type { ElevationOracle } from "../oracle.ts";
import type { World } from "../world.ts";

export function checkStep(context: TrustedContext, tool: string): Step {
  return async (oracle, { gate }) => {
    const { decision, why } = await gate.check(context, callOf(tool));
    const expected = expectedVerdict(oracle, context, tool);
    assert.deepEqual({ decision, why }, { decision: expected.decision, why: expected.why }, `check of ${tool} by ${nameOf(context)}`);
  };
}

export function acquireStep(context: TrustedContext, tool: string, { isDrift = false } = {}): Step {
  return async (oracle, world) => {
    const allowed = codesOfAcquire(oracle, context, tool, isDrift);
    const checkedDigest = await world.digestOf(callOf(tool, isDrift ? "two" : "one"));
    const acquired = await world.gate.acquire(context, { call: callOf(tool), checkedDigest });
    assert.ok(allowed.includes(acquired.code), `acquire: ${acquired.code}, which is not ${allowed.join(" or ")}`);
    take(oracle, world, context, acquired);
  };
}

/** Many at once: a `once` grant is worth one of them, a window all. */
export function acquireAllStep(context: TrustedContext, times: number): Step {
  return async (oracle, world) => {
    const grant = oracle.activeOf(context);
    const allowed = codesOfAcquire(oracle, context, "exec", false);
    const checkedDigest = await world.digestOf(callOf("exec"));
    const before = world.log.length;
    const asked = Array.from({ length: times }, () => world.gate.acquire(context, { call: callOf("exec"), checkedDigest }));
    const acquired = await Promise.all(asked);
    const first = acquired.filter(({ code }) => allowed.includes(code));
    const isOnce = grant?.mode === "once" && (allowed.includes("GRANTED") || allowed.includes("DENIED_AUDIT_UNAVAILABLE"));
    assert.equal(first.length >= 1, true, `${times} acquires: ${acquired.map(({ code }) => code).join(", ")}`);
    const others = acquired.filter(({ code }) => !allowed.includes(code));
    assert.ok(isOnce || others.length === 0, `one of ${times} acquires: ${others[0]?.code}`);
    assert.ok(others.every(({ code }) => code === "DENIED_NOT_ELEVATED"));
    const granted = acquired.filter(({ code }) => code === "GRANTED").length;
    const starts = world.log.slice(before).filter(({ type }) => type === "tool.exec.start").length;
    assert.equal(starts, granted, "the log has a start for each call that starts");
    if (isOnce && allowed.includes("GRANTED")) assert.equal(first.length, 1, "a once grant is worth one call");
    for (const one of acquired) take(oracle, world, context, one);
  };
}

/** A right that was given: it is in the log, it counts, and it uses up what is good for one. */
function take(
  oracle: ElevationOracle,
  world: World,
  context: TrustedContext,
  { code, leaseId, grantId, remainingMs: left }: Acquired,
): void {
  assert.equal(leaseId !== null, code === "GRANTED", "a lease comes with GRANTED and with nothing else");
  if (leaseId === null) return;
  const grant = oracle.grants.find((candidate) => candidate.grantId === grantId);
  assert.ok(grant, `the grant of a lease of ${nameOf(context)}`);
  const start = world.log.findLast((event) => event.leaseId === leaseId);
  assert.equal(start?.type, "tool.exec.start", "the start of the call is in the log");
  assert.equal(start?.remainingMs, remainingMs(grant, oracle.now), "the remaining time of the call in the log");
  if (grant.mode === "window") assert.equal(left, remainingMs(grant, oracle.now), "the remaining time of the call");
  world.leases.push(leaseId);
  grant.leases.add(leaseId);
  if (grant.mode === "once") oracle.end(grant, ["consumed"]);
}

function releaseStep(pick: number, outcome: ReleaseRequest["outcome"]): Step {
  return async (oracle, world) => {
    const leaseId = world.leases[pick % Math.max(1, world.leases.length)] ?? "none";
    const grant = oracle.grants.find(({ leases }) => leases.has(leaseId));
    const before = world.log.length;
    const { released } = await world.gate.release({ leaseId, outcome, exitCode: null, signal: null });
    assert.equal(released, grant !== undefined, "a lease is released once");
    grant?.leases.delete(leaseId);
    await world.gate.flushed();
    const ends = world.log.slice(before).filter(({ type }) => type === "tool.exec.end");
    if (world.isAuditTaking) assert.equal(ends.filter((event) => event.leaseId === leaseId).length, released ? 1 : 0);
  };
}

const tool = fc.constantFrom("exec", "exec", "write", "reboot");

export const check = fc
  .tuple(anybody, tool)
  .map(([context, name]) => new ElevationCommand(`check(${nameOf(context)}, ${name})`, checkStep(context, name)));

export const acquire = fc
  .tuple(anybody, tool, fc.constantFrom(false, false, false, true))
  .map(
    ([context, name, isDrift]) =>
      new ElevationCommand(
        `acquire(${nameOf(context)}, ${name}${isDrift ? ", not what was checked" : ""})`,
        acquireStep(context, name, { isDrift }),
      ),
  );

export const acquireAll = fc
  .integer({ min: 2, max: 5 })
  .map((times) => new ElevationCommand(`acquire ${times} times at once`, acquireAllStep(HOT, times)));

export const release = fc
  .tuple(fc.nat(100), fc.constantFrom("exited" as const, "not-started" as const, "terminated" as const))
  .map(([pick, outcome]) => new ElevationCommand(`release(${pick}, ${outcome})`, releaseStep(pick, outcome)));
