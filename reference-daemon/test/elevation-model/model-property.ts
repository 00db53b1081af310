import fc from "fast-check";

import { allCommands } from "./all-commands.ts";
import type { Commands } from "./all-commands.ts";
import { BASE_POLICY } from "./contexts.ts";
import { LogReader } from "./invariants.ts";
import { ElevationOracle } from "./oracle.ts";
import { World } from "./world.ts";
import type { OpenGate } from "./world.ts";

/** Fractions of a millisecond, as real monotonic clocks have them; these are exact in binary. */
const START = { mono: 1_000.5, boot: 90_000.25, wall: Date.UTC(2026, 10, 23) };

/** The gate does what the oracle says, whatever happens to it in whatever order. */
export function elevationModel(openGate: OpenGate, replayPath?: string): fc.IAsyncProperty<[Commands]> {
  return fc.asyncProperty(allCommands(replayPath), (commands) =>
    fc.asyncModelRun(async () => {
      const world = new World(openGate, BASE_POLICY, START);
      await world.learnDigests();
      return { model: new ElevationOracle(BASE_POLICY, START), real: { world, reader: new LogReader() } };
    }, commands),
  );
}
