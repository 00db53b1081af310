import type { GrantMode } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

import { BASE_POLICY } from "../contexts.ts";
import type { OpenGate } from "../world.ts";
import { GRANT_TTL_MS, Race } from "./race.ts";
import type { Actor, RaceTerms } from "./race.ts";
import { assertAfterAll, assertAtAnyMoment } from "./rules.ts";

/** When the clock may be as far as that. */
export const PENDING_TTL_MS = BASE_POLICY.pendingTtlMs;

export interface RaceSetting {
  /** What there is when everybody begins. */
  readonly grant: "pending" | GrantMode;
  readonly actors: fc.Arbitrary<readonly Actor[]>;
  /** Events that the log may refuse; none where it is left out. */
  readonly refused?: fc.Arbitrary<readonly number[]>;
  /** What must hold after each step, beside what holds of all races. */
  readonly watch?: (race: Race) => Promise<void>;
  /** What must hold of this race beside what holds of all. */
  readonly expect?: (race: Race) => void;
}

/** The rules hold in whatever order the actors, the audit and the hook come. */
export function raceProperty(
  openGate: OpenGate,
  { grant, actors, refused = fc.constant([]), watch, expect }: RaceSetting,
): fc.IAsyncProperty<[fc.Scheduler, RaceTerms, readonly Actor[]]> {
  const terms = fc.record({ refused, hookAllows: fc.constantFrom(true, true, true, false), isWatched: fc.boolean() });
  return fc.asyncProperty(fc.scheduler(), terms, named(actors), async (scheduler, agreed, all) => {
    const race = new Race(openGate, scheduler, agreed);
    await race.request({ ttlMs: GRANT_TTL_MS, reason: "before the race", mode: grant === "once" ? "once" : "window" });
    if (grant !== "pending") await race.confirm();
    await race.run(all, async () => {
      await assertAtAnyMoment(race);
      await watch?.(race);
    });
    await assertAfterAll(race);
    expect?.(race);
  });
}

/** For counterexamples: actors by their names. */
function named(actors: fc.Arbitrary<readonly Actor[]>): fc.Arbitrary<readonly Actor[]> {
  return actors.map((all) => Object.assign([...all], { [fc.toStringMethod]: () => all.map(({ name }) => name).join(" x ") }));
}
