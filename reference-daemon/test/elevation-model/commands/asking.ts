import assert from "node:assert/strict";

import type { ElevationReply, ElevationRequest, Origin, ReplyCode, TrustedContext } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

import { anybody, BASE_POLICY, HOT, isSameSeat, nameOf, person, requester } from "../contexts.ts";
import { ElevationCommand } from "../elevation-command.ts";
import type { Step } from "../elevation-command.ts";
import { isHookAsked, repliesToConfirm, repliesToRequest, repliesWithoutPending } from "../expected-replies.ts";
import { assertNoCode } from "../invariants.ts";
import type { ElevationOracle } from "../oracle.ts";
import { toolsOf } from "../policy-rules.ts";
import { ALLOW_AT_ONCE } from "../world.ts";
import type { HookPlan, World } from "../world.ts";
import { revokeStep } from "./ending.ts";
import { moveStep } from "./moving.ts";

/** Which code is typed: the one that the seat waits for, one of another seat's, any that was ever issued, or none of them. */
type Code = "current" | "other" | "bad" | { readonly ever: number };

/** O, I, L and U stand in no code of this gate; the others are as wrong in any. */
const BAD_CODES = ["OILU0000", "", " ", "*", "null", "0".repeat(256)];

export function requestStep(context: TrustedContext, request: ElevationRequest): Step {
  return async (oracle, world) => {
    const allowed = repliesToRequest(oracle, context, request);
    const { challenge, ...reply } = await world.gate.request(context, request);
    assertReply(oracle, world, `request by ${nameOf(context)}`, reply, allowed);
    assert.equal(challenge !== null, reply.code === "OK_PENDING", "a challenge comes with OK_PENDING and with nothing else");
    if (!challenge) return;
    const code = await challenge.reveal();
    assert.ok(!world.codes.includes(code), "a code is issued once");
    world.codes.push(code);
    const [view] = reply.grants;
    assert.ok(view, "OK_PENDING shows the grant");
    const tools = request.tools ?? toolsOf(oracle.policy);
    oracle.addPending({ grantId: view.grantId, seat: context, code, tools, mode: request.mode ?? "window", ttlMs: request.ttlMs });
  };
}

export function confirmStep(context: TrustedContext, typed: Code, plan: HookPlan = ALLOW_AT_ONCE): Step {
  return async (oracle, world) => {
    const code = codeOf(oracle, world, context, typed);
    const isAsked = isHookAsked(oracle, context, code);
    const pending = oracle.pendingOf(context);
    const { hookTimeoutMs } = oracle.policy;
    const isLate = plan.afterMs === null || plan.afterMs >= hookTimeoutMs;
    const isAllowed = plan.answer === "allow" && !isLate;
    let allowed = repliesToConfirm(oracle, context, code, isAllowed);

    world.hookPlan = plan;
    const answer = world.gate.confirm(context, code);
    if (isAsked && plan.afterMs !== 0) {
      const passedMs = plan.afterMs ?? hookTimeoutMs;
      oracle.moveTo(world.move({ mono: passedMs, boot: passedMs, wall: passedMs }));
      if (pending?.state === "over") {
        allowed = [...repliesWithoutPending(oracle, context, code), ...(isAllowed ? [] : (["E_HOOK"] as const))];
        pending.endings = ["pending_expired", ...(isAllowed ? [] : (["denied"] as const))];
      }
      if (plan.afterMs !== null) world.openQuestion?.();
    }
    const reply = await answer;
    world.openQuestion = undefined;
    assertReply(oracle, world, `confirm by ${nameOf(context)}`, reply, allowed);
    if (pending?.state !== "pending") return;
    if (reply.code === "OK_ACTIVE") oracle.activate(pending);
    if (reply.code === "E_HOOK") oracle.end(pending, ["denied"]);
    if (reply.code !== "E_CODE") return;
    oracle.countWrongCode(pending);
    assert.equal(reply.attemptsLeft, pending.attemptsLeft, "attempts that are left");
  };
}

function codeOf(oracle: ElevationOracle, world: World, context: TrustedContext, typed: Code): string {
  if (typed === "bad") return BAD_CODES[world.codes.length % BAD_CODES.length] ?? "";
  if (typed === "other") return oracle.live().find(({ seat }) => !isSameSeat(seat, context))?.code ?? "";
  const latest = oracle.pendingOf(context)?.code ?? oracle.lastOf(context)?.code ?? world.codes.at(-1) ?? "";
  return typed === "current" ? latest : (world.codes[typed.ever % Math.max(1, world.codes.length)] ?? "");
}

function assertReply(oracle: ElevationOracle, { codes }: World, name: string, reply: ElevationReply, allowed: readonly ReplyCode[]): void {
  assert.ok(allowed.includes(reply.code), `${name}: ${reply.code}, which is not ${allowed.join(" or ")}`);
  assertNoCode(reply, codes, `the reply to a ${name}`);
  const { maxTtlMs } = oracle.policy;
  const limits = ["E_TTL_RANGE", "E_TOOL"].includes(reply.code) ? { maxTtlMs, tools: toolsOf(oracle.policy) } : null;
  assert.deepEqual(reply.limits, limits, `limits with ${reply.code}`);
  assert.equal(reply.attemptsLeft !== null, reply.code === "E_CODE", "attempts with E_CODE and with nothing else");
  const { retryAfterMs } = reply;
  const isWait = reply.code === "E_LOCKED" ? retryAfterMs !== null && retryAfterMs > 0 : retryAfterMs === null;
  assert.ok(isWait, `retryAfterMs with ${reply.code}: ${retryAfterMs}`);
}

const elevationRequest: fc.Arbitrary<ElevationRequest> = fc
  .record({
    ttlMs: fc.oneof(
      { weight: 19, arbitrary: fc.constantFrom(1_000, 1_001, 5_000, 9_999, 10_000, 30_000, 60_000) },
      { weight: 1, arbitrary: fc.constantFrom(999, 60_001, 1_000.5, 0, -5_000) },
    ),
    reason: fc.oneof({ weight: 19, arbitrary: fc.constant("restart the web server") }, { weight: 1, arbitrary: fc.constant("so") }),
    tools: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 13, arbitrary: fc.constantFrom<string[]>(["exec"], ["exec", "write"], ["write"]) },
      { weight: 1, arbitrary: fc.constant<string[]>(["exec", "reboot"]) },
    ),
    mode: fc.constantFrom("window" as const, "window" as const, "once" as const),
  })
  .map(({ tools, ...request }) => (tools ? { ...request, tools } : request));

const hookPlan: fc.Arbitrary<HookPlan> = fc.record({
  answer: fc.constantFrom("allow", "allow", "refuse", "refuse", "almost", "more", "nothing", "reject", "throw"),
  afterMs: fc.constantFrom(0, 0, 1, 2_999, 3_000, null),
});

const typedCode: fc.Arbitrary<Code> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("current" as const) },
  { weight: 1, arbitrary: fc.constant("other" as const) },
  { weight: 1, arbitrary: fc.constant("bad" as const) },
  { weight: 2, arbitrary: fc.nat(100).map((ever) => ({ ever })) },
);

export const request = fc
  .tuple(requester, elevationRequest)
  .map(([context, asked]) => new ElevationCommand(`request(${nameOf(context)}, ${fc.stringify(asked)})`, requestStep(context, asked)));

export const confirm = fc
  .tuple(anybody, typedCode)
  .map(([context, typed]) => new ElevationCommand(`confirm(${nameOf(context)}, ${fc.stringify(typed)})`, confirmStep(context, typed)));

/** The right code, and a hook that may do anything with it. */
export const confirmWithHook = hookPlan.map(
  (plan) => new ElevationCommand(`confirm with the hook ${fc.stringify(plan)}`, confirmStep(HOT, "current", plan)),
);

/** A request with its code, some time apart. */
export const grant = fc
  .tuple(person, elevationRequest, fc.constantFrom(0, 0, 1, 500, 5_000, 9_999, 10_000))
  .map(
    ([context, asked, afterMs]) =>
      new ElevationCommand(
        `grant(${nameOf(context)}, ${fc.stringify(asked)}, after ${afterMs} ms)`,
        requestStep(context, asked),
        moveStep({ mono: afterMs, boot: afterMs, wall: afterMs }, { fire: afterMs % 2 === 0 }),
        confirmStep(context, "current"),
      ),
  );

/** Wrong codes by whoever can write to the gate, then the right one by a person. */
export const guess = fc
  .tuple(fc.constantFrom(1, 2, 3, 3, 4), fc.constantFrom<Origin>("human", "human", "model", "system"), fc.boolean(), typedCode)
  .map(([times, origin, isAskedFirst, typed]) => {
    const wrong = Array.from({ length: times }, () => confirmStep({ ...HOT, origin }, typed === "current" ? "bad" : typed));
    const first = isAskedFirst ? [revokeStep(HOT, "own"), requestStep(HOT, { ttlMs: 30_000, reason: "look at the logs" })] : [];
    return new ElevationCommand(
      `guess(${times} times ${fc.stringify(typed)} by ${origin}${isAskedFirst ? ", of a new request" : ""})`,
      ...first,
      ...wrong,
      confirmStep(HOT, "current"),
    );
  });

/** The right code, but from where no person is. */
export const misuse = fc
  .constantFrom<Origin>("model", "system")
  .map((origin) => new ElevationCommand(`confirm the current code by ${origin}`, confirmStep({ ...HOT, origin }, "current")));

/** As many wrong codes as end a request, and another request when the lock is about to end. */
export const lockout = fc.constantFrom(-1, 0, 1).map((delta) => {
  const { maxAttempts, lockoutMs } = BASE_POLICY;
  const byMs = lockoutMs + delta;
  return new ElevationCommand(
    `lock out, and ask again after ${byMs} ms`,
    revokeStep(HOT, "own"),
    requestStep(HOT, { ttlMs: 30_000, reason: "look at the logs" }),
    ...Array.from({ length: maxAttempts }, () => confirmStep(HOT, "bad")),
    moveStep({ mono: byMs, boot: byMs, wall: byMs }, { fire: true }),
    requestStep(HOT, { ttlMs: 30_000, reason: "look at the logs again" }),
  );
});
