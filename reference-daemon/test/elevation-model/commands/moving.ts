import assert from "node:assert/strict";

import type { ClockReading } from "@flynn/sdk/kernel";
import fc from "fast-check";

import { HOT, isSameSeat } from "../contexts.ts";
import { ElevationCommand } from "../elevation-command.ts";
import type { Step } from "../elevation-command.ts";
import type { ModelGrant } from "../model-grant.ts";
import type { ElevationOracle } from "../oracle.ts";
import type { World } from "../world.ts";

type ClockName = keyof ClockReading;

const ALL_CLOCKS: readonly ClockName[] = ["mono", "boot", "wall"];

/** Clocks that move together: time, suspend, and each clock that somebody could hold or set. */
const CLOCK_SETS: readonly (readonly ClockName[])[] = [ALL_CLOCKS, ["boot", "wall"], ["wall"], ["boot"], ["mono", "boot"], ["mono"]];

export function moveStep(by: ClockReading, { fire }: { readonly fire: boolean }): Step {
  return async (oracle, world) => {
    const before = oracle.live();
    oracle.moveTo(world.move(by, fire));
    if (fire) await assertToldByItself(before, oracle, world);
  };
}

/** Moves these clocks so far that the first of them is `delta` milliseconds from the end of the hot grant, or of any. */
export function boundaryStep(clocks: readonly ClockName[], delta: number, { fire }: { readonly fire: boolean }): Step {
  return async (oracle, world) => {
    const target = oracle.live().find(({ seat }) => isSameSeat(seat, HOT)) ?? oracle.live()[0];
    if (!target) return;
    const passedMs = Math.max(...clocks.map((clock) => oracle.now[clock] - target.since[clock]));
    const byMs = Math.max(0, target.limitMs + delta - passedMs);
    await moveStep(movement(clocks, byMs), { fire })(oracle, world);
  };
}

function movement(clocks: readonly ClockName[], byMs: number): ClockReading {
  const by = (clock: ClockName): number => (clocks.includes(clock) ? byMs : 0);
  return { mono: by("mono"), boot: by("boot"), wall: by("wall") };
}

/** What ran out on the clock that timers go by is in the log before anybody asks. */
async function assertToldByItself(before: readonly ModelGrant[], { now }: ElevationOracle, world: World): Promise<void> {
  await world.gate.flushed();
  if (!world.isAuditTaking || world.isOwed) return;
  const due = before.filter(({ state, since, limitMs }) => state === "over" && now.mono - since.mono >= limitMs);
  for (const { grantId, endings } of due) {
    const isTold = world.log.some((event) => event.grantId === grantId && endings.some((ending) => event.type === `elevation.${ending}`));
    assert.ok(isTold, `the end of a grant that is ${endings.join(" or ")} is told when it comes`);
  }
}

const isFired = fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });
const someTime = fc.oneof(fc.constantFrom(0, 1, 999, 1_000, 5_000, 9_999, 10_000, 15_000), fc.nat(20_000));

export const tick = fc.tuple(someTime, isFired).map(([byMs, fire]) => {
  const name = `tick(${byMs}${fire ? "" : ", no timer fires"})`;
  return new ElevationCommand(name, moveStep(movement(ALL_CLOCKS, byMs), { fire }));
});

export const suspend = fc
  .tuple(someTime, isFired)
  .map(([byMs, fire]) => new ElevationCommand(`suspend(${byMs})`, moveStep(movement(["boot", "wall"], byMs), { fire })));

/** Sees where the clocks are. */
const look: Step = async (_oracle, { gate }) => {
  await gate.status(HOT);
};

/** The tolerance of the contract and one more, also little by little. */
export const wallJump = fc
  .tuple(fc.array(fc.constantFrom(-1_000, -1_000, -1_001, -1, -5_000, 1, 1_001, 60_000), { minLength: 1, maxLength: 3 }), isFired)
  .map(([jumps, fire]) => {
    const steps = jumps.flatMap((byMs) => [moveStep(movement(["wall"], byMs), { fire }), look]);
    return new ElevationCommand(`wallJump(${jumps.join(", then ")})`, ...steps);
  });

/** `then` is what is asked before anything else sees the clocks. */
export function toBoundary(then: Readonly<Record<string, Step>>): fc.Arbitrary<ElevationCommand> {
  return fc
    .tuple(
      fc.oneof(fc.constant(ALL_CLOCKS), fc.constantFrom(...CLOCK_SETS)),
      fc.constantFrom(-1, 0, 1),
      isFired,
      fc.constantFrom(...Object.entries(then)),
    )
    .map(([clocks, delta, fire, [name, step]]) => {
      const words = [`${delta}`, clocks.join("+"), ...(fire ? [] : ["no timer fires"])].join(", ");
      return new ElevationCommand(`toBoundary(${words}), then ${name}`, boundaryStep(clocks, delta, { fire }), step);
    });
}
