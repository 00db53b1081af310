import { VirtualClock } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { Pacing } from "./pacing.ts";

test("a turn is given when the clock says that the time is used up, however few steps there were", async () => {
  const clock = new VirtualClock();
  let turns = 0;
  const seen: number[] = [];
  function* steps(): Generator<void, string> {
    for (let step = 0; step < 4; step += 1) {
      setImmediate(() => {
        turns += 1;
      });
      const mono = clock.mono() + 30;
      clock.set({ mono, boot: mono, wall: 0 });
      yield;
      seen.push(turns);
    }
    return "done";
  }
  expect(await new Pacing(clock).run(steps(), undefined)).toBe("done");
  expect(seen).toEqual([1, 2, 3, 4]);
});

test("an abort ends the steps, so that they close what they had open", async () => {
  const abort = new AbortController();
  let closed = false;
  function* steps(): Generator<void, void> {
    try {
      abort.abort();
      yield;
      throw new Error("went on");
    } finally {
      closed = true;
    }
  }
  await expect(new Pacing(new VirtualClock()).run(steps(), abort.signal)).rejects.toMatchObject({ code: "ABORTED" });
  expect(closed).toBe(true);
});
