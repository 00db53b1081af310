import fc from "fast-check";
import { expect, test } from "vitest";

import { ACQUIRER, CONFIRMER, GUESSER, TOOL_DENIER } from "../../test/elevation-model/races/actors.ts";
import { aroundCalling, aroundConfirming, STOPPERS, timeTo } from "../../test/elevation-model/races/any-actors.ts";
import { PENDING_TTL_MS, raceProperty } from "../../test/elevation-model/races/race-property.ts";
import type { RaceSetting } from "../../test/elevation-model/races/race-property.ts";
import { GRANT_TTL_MS } from "../../test/elevation-model/races/race.ts";
import type { Actor, Race } from "../../test/elevation-model/races/race.ts";
import { runParameters } from "../../test/elevation-model/run-parameters.ts";
import { ReferenceElevationGate } from "./index.ts";

const someRefused = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 2 });

async function assertRace(setting: RaceSetting, numRuns = 60): Promise<void> {
  const property = raceProperty((options) => new ReferenceElevationGate(options), setting);
  await fc.assert(property, runParameters(numRuns));
}

function codesOf({ turns }: Race, actor: Actor): string[] {
  return turns.filter((turn) => turn.actor === actor).map(({ code }) => code);
}

/** So many of one, and any of some others. */
function crowd(actor: Actor, ...others: readonly Actor[]): fc.Arbitrary<readonly Actor[]> {
  const more = others.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...others), { maxLength: 2 });
  return fc.tuple(fc.integer({ min: 2, max: 6 }), more).map(([times, some]) => [...Array.from({ length: times }, () => actor), ...some]);
}

test.each(STOPPERS)("a confirmation and $name: whoever stops it before it is written has stopped it", async (stopper) => {
  await assertRace({ grant: "pending", actors: fc.constant([CONFIRMER, stopper]), refused: someRefused });
});

test("a confirmation during which time runs out has one outcome", async () => {
  const actors = timeTo(PENDING_TTL_MS).map((time) => [CONFIRMER, time]);
  await assertRace({ grant: "pending", actors, refused: someRefused }, 150);
});

test("of many confirmations at once one is OK_ACTIVE, whatever is guessed beside them", async () => {
  await assertRace({
    grant: "pending",
    actors: crowd(CONFIRMER, GUESSER),
    expect: (race) => {
      const codes = codesOf(race, CONFIRMER).filter((code) => code !== "E_NO_PENDING");
      expect(codes).toEqual([race.terms.hookAllows ? "OK_ACTIVE" : "E_HOOK"]);
    },
  });
});

test("of many calls of a once grant at once one starts, and one is in the log", async () => {
  await assertRace({
    grant: "once",
    actors: crowd(ACQUIRER),
    expect: (race) => {
      const codes = codesOf(race, ACQUIRER).toSorted();
      expect(codes).toEqual([...codes.slice(1).map(() => "DENIED_NOT_ELEVATED"), "GRANTED"]);
      expect(race.log.filter(({ type }) => type === "tool.exec.start")).toHaveLength(1);
    },
  });
});

test.each([...STOPPERS, TOOL_DENIER])("a call and $name: it does not start where the stop comes before it is written", async (stopper) => {
  await assertRace({ grant: "window", actors: fc.constant([ACQUIRER, ACQUIRER, stopper]), refused: someRefused });
});

test.each(["window", "once"] as const)("a call of a %s grant that is not written in time does not start", async (grant) => {
  await assertRace({ grant, actors: timeTo(GRANT_TTL_MS).map((time) => [ACQUIRER, time, ACQUIRER]) }, 150);
});

test("anything around a confirmation", async () => {
  await assertRace({ grant: "pending", actors: aroundConfirming }, 500);
});

test("anything around a confirmation, with a log that refuses", async () => {
  await assertRace({ grant: "pending", actors: aroundConfirming, refused: someRefused }, 300);
});

test("anything around the calls of a window", async () => {
  await assertRace({ grant: "window", actors: aroundCalling(GRANT_TTL_MS, [...STOPPERS, TOOL_DENIER]) }, 300);
});

test("anything around the call of a once grant", async () => {
  await assertRace({ grant: "once", actors: aroundCalling(GRANT_TTL_MS, [...STOPPERS, TOOL_DENIER]) }, 300);
});

test.each(["window", "once"] as const)("anything around the calls of a %s grant, with a log that refuses", async (grant) => {
  await assertRace({ grant, actors: aroundCalling(GRANT_TTL_MS, [...STOPPERS, TOOL_DENIER]), refused: someRefused }, 200);
});
