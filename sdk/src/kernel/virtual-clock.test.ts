import fc from "fast-check";
import { expect, test } from "vitest";

import { VirtualClock } from "./virtual-clock.ts";

/** A clock that writes down what it tells its observer. */
function watchedClock(): { clock: VirtualClock; seen: string[] } {
  const seen: string[] = [];
  const clock = new VirtualClock(
    { mono: 100, boot: 200, wall: 300 },
    { armed: (timer, due) => seen.push(`armed ${timer} ${due}`), disarmed: (timer) => seen.push(`disarmed ${timer}`) },
  );
  return { clock, seen };
}

test("a clock shows what it was last set to and stands still in between", async () => {
  const { clock } = watchedClock();
  await new Promise((resolve) => setImmediate(resolve));
  expect([clock.mono(), clock.boot(), clock.wall()]).toEqual([100, 200, 300]);
  clock.set({ mono: 101, boot: 250, wall: 7 });
  expect([clock.mono(), clock.boot(), clock.wall()]).toEqual([101, 250, 7]);
});

test("a timer is due on the monotonic clock, at exactly its delay and not a millisecond before", () => {
  const { clock } = watchedClock();
  const fired: string[] = [];
  clock.setTimer(50, () => fired.push("fired"));
  expect(clock.set({ mono: 149.999, boot: 9_000, wall: 9_000 })).toEqual({ mono: 149.999, fired: [], next: 150 });
  expect(fired).toEqual([]);
  expect(clock.set({ mono: 150, boot: 9_000, wall: 9_000 })).toEqual({ mono: 150, fired: [1], next: null });
  expect(fired).toEqual(["fired"]);
});

test("due timers fire once each, by due time and then by id, whatever the order they were set in", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), (delays) => {
      const clock = new VirtualClock();
      const fired: number[] = [];
      const timers = delays.map((delay) => ({ delay, id: clock.setTimer(delay, () => fired.push(delay)).id }));
      const moved = clock.set({ mono: 5, boot: 5, wall: 5 });
      const expected = timers.toSorted((a, b) => a.delay - b.delay || a.id - b.id).map(({ id }) => id);
      expect(moved.fired).toEqual(expected);
      expect(fired).toEqual(delays.toSorted((a, b) => a - b));
      expect(clock.set({ mono: 6, boot: 6, wall: 6 }).fired).toEqual([]);
    }),
  );
});

test("a timer that a fired timer sets fires in the same move if it falls due in it", () => {
  const { clock } = watchedClock();
  const fired: string[] = [];
  clock.setTimer(10, () => {
    fired.push("first");
    clock.setTimer(0, () => fired.push("second"));
    clock.setTimer(1, () => fired.push("later"));
  });
  expect(clock.set({ mono: 110, boot: 210, wall: 310 })).toEqual({ mono: 110, fired: [1, 2], next: 111 });
  expect(fired).toEqual(["first", "second"]);
});

test("with `fire: false` no timer fires, and the next move catches up", () => {
  const { clock } = watchedClock();
  const fired: number[] = [];
  clock.setTimer(1, () => fired.push(clock.mono()));
  expect(clock.set({ mono: 500, boot: 600, wall: 0, fire: false })).toEqual({ mono: 500, fired: [], next: 101 });
  expect(fired).toEqual([]);
  clock.set({ mono: 500, boot: 600, wall: 0 });
  expect(fired).toEqual([500]);
});

test("a disposed timer never fires and is reported once; one that fired is not reported as disarmed", () => {
  const { clock, seen } = watchedClock();
  const cancelled = clock.setTimer(5, () => expect.unreachable("a disposed timer fired"));
  const fired = clock.setTimer(5, () => {});
  cancelled[Symbol.dispose]();
  cancelled[Symbol.dispose]();
  clock.set({ mono: 105, boot: 205, wall: 305 });
  fired[Symbol.dispose]();
  expect(seen).toEqual(["armed 1 105", "armed 2 105", "disarmed 1"]);
});

test("the monotonic and the boot clock cannot go back, the wall clock can, and a refused move changes nothing", () => {
  const { clock } = watchedClock();
  expect(() => clock.set({ mono: 99, boot: 200, wall: 300 })).toThrow(RangeError);
  expect(() => clock.set({ mono: 100, boot: 199, wall: 300 })).toThrow(RangeError);
  expect(() => clock.set({ mono: Number.NaN, boot: 200, wall: 300 })).toThrow("three finite numbers");
  expect([clock.mono(), clock.boot(), clock.wall()]).toEqual([100, 200, 300]);
  clock.set({ mono: 100, boot: 200, wall: -1 });
  expect(clock.wall()).toBe(-1);
});

test("a delay that is not finite is refused, a negative one counts as 0", () => {
  const { clock, seen } = watchedClock();
  for (const delay of [Number.NaN, Infinity, -Infinity]) expect(() => clock.setTimer(delay, () => {})).toThrow("finite number");
  clock.setTimer(-5, () => {});
  expect(seen).toEqual(["armed 1 100"]);
});

test("a timer that re-arms itself with no delay is reported in place of a hang", () => {
  const { clock } = watchedClock();
  const again = (): void => void clock.setTimer(0, again);
  again();
  expect(() => clock.set({ mono: 100, boot: 200, wall: 300 })).toThrow("re-arms itself");
});

test("an error in a callback comes out of the move and leaves the later timers armed", () => {
  const { clock } = watchedClock();
  const fired: string[] = [];
  clock.setTimer(1, () => {
    throw new Error("broken callback");
  });
  clock.setTimer(2, () => fired.push("second"));
  expect(() => clock.set({ mono: 110, boot: 210, wall: 310 })).toThrow("broken callback");
  clock.set({ mono: 110, boot: 210, wall: 310 });
  expect(fired).toEqual(["second"]);
});

test("sleep ends when its time has come", async () => {
  const { clock } = watchedClock();
  let isOver = false;
  const sleeping = clock.sleep(10).then(() => (isOver = true));
  clock.set({ mono: 109, boot: 209, wall: 309 });
  await Promise.resolve();
  expect(isOver).toBe(false);
  clock.set({ mono: 110, boot: 210, wall: 310 });
  await sleeping;
  expect(isOver).toBe(true);
});

test("an aborted sleep rejects with the reason of its signal and leaves no timer behind", async () => {
  const { clock, seen } = watchedClock();
  const controller = new AbortController();
  const sleeping = clock.sleep(10, { signal: controller.signal });
  controller.abort(new Error("no longer needed"));
  await expect(sleeping).rejects.toThrow("no longer needed");
  expect(clock.armed()).toEqual([]);
  expect(seen).toEqual(["armed 1 110", "disarmed 1"]);
});

test("a sleep whose signal is aborted already arms no timer", async () => {
  const { clock, seen } = watchedClock();
  await expect(clock.sleep(10, { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
  expect(seen).toEqual([]);
});

test("a sleep that is over no longer listens to its signal", async () => {
  const { clock } = watchedClock();
  const controller = new AbortController();
  const sleeping = clock.sleep(1, { signal: controller.signal });
  clock.set({ mono: 101, boot: 201, wall: 301 });
  await sleeping;
  controller.abort();
  await expect(sleeping).resolves.toBeUndefined();
});
