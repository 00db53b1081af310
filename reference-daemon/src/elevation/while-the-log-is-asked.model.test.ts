import assert from "node:assert/strict";

import fc from "fast-check";
import { describe, test } from "vitest";

import { ACQUIRER, GUESSER, REQUESTER, REVOKERS, TOOL_DENIER } from "../../test/elevation-model/races/actors.ts";
import { raceProperty } from "../../test/elevation-model/races/race-property.ts";
import type { RaceSetting } from "../../test/elevation-model/races/race-property.ts";
import type { Actor } from "../../test/elevation-model/races/race.ts";
import { assertShownAreLogged } from "../../test/elevation-model/races/rules.ts";
import { runParameters } from "../../test/elevation-model/run-parameters.ts";
import { ReferenceElevationGate } from "./index.ts";

async function assertRace(setting: RaceSetting): Promise<void> {
  const property = raceProperty((options) => new ReferenceElevationGate(options), setting);
  await fc.assert(property, runParameters(200));
}

const all = (...actors: readonly Actor[]): fc.Arbitrary<readonly Actor[]> => fc.constant(actors);

describe("while the log is asked about something", () => {
  test("a request is not shown before it is in the log", async () => {
    await assertRace({ grant: "window", actors: all(...REVOKERS.slice(0, 1), REQUESTER), watch: assertShownAreLogged });
  });

  test("a request that the log refused has no end in the log, although it was revoked meanwhile", async () => {
    await assertRace({ grant: "pending", actors: all(REQUESTER, ...REVOKERS.slice(0, 1)), refused: fc.constant([1]) });
  });

  test("a once grant whose call was denied for its tool while it was audited is usable, or over", async () => {
    await assertRace({ grant: "once", actors: all(ACQUIRER, TOOL_DENIER) });
  });

  test("a request that was on its way does not lift the lock that came before its answer", async () => {
    await assertRace({
      grant: "pending",
      actors: all(REQUESTER, GUESSER, GUESSER, GUESSER),
      expect: ({ turns }) => {
        const locked = turns.find(({ attemptsLeft }) => attemptsLeft === 0);
        const late = turns.filter(({ code, to }) => code === "OK_PENDING" && locked !== undefined && to > locked.to);
        assert.deepEqual(late, [], "requests that are pending although the seat is locked");
      },
    });
  });
});
