import { afterEach, expect, test, vi } from "vitest";

import { SystemClock } from "./system-clock.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("no reading but the wall clock goes back, and a timer does not fire before its time", async () => {
  const clock = new SystemClock();
  const before = { mono: clock.mono(), boot: clock.boot() };
  const firedAt = await new Promise<number>((resolve) => clock.setTimer(5, () => resolve(clock.mono())));
  expect(firedAt - before.mono).toBeGreaterThanOrEqual(5);
  expect(clock.boot()).toBeGreaterThanOrEqual(before.boot);
  expect(Math.abs(clock.wall() - Date.now())).toBeLessThan(60_000);
});

test("a timer that setTimeout fires too early waits for the rest", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const clock = new SystemClock();
  let mono = 0;
  vi.spyOn(clock, "mono").mockImplementation(() => mono);
  let fired = 0;
  clock.setTimer(10, () => (fired += 1));
  mono = 9.2;
  vi.advanceTimersByTime(10);
  expect(fired).toBe(0);
  mono = 10;
  vi.advanceTimersByTime(1);
  expect(fired).toBe(1);
});

test("a delay beyond what setTimeout can hold is waited for in pieces", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const clock = new SystemClock();
  let mono = 0;
  vi.spyOn(clock, "mono").mockImplementation(() => mono);
  let fired = 0;
  clock.setTimer(2 ** 32, () => (fired += 1));
  for (const reached of [2 ** 31 - 1, 2 ** 32 - 2, 2 ** 32 - 1]) {
    vi.advanceTimersByTime(reached - mono);
    mono = reached;
    expect(fired).toBe(0);
  }
  mono = 2 ** 32;
  vi.runAllTimers();
  expect(fired).toBe(1);
});

test("a disposed timer does not fire, even after it was set anew for the rest of its time", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const clock = new SystemClock();
  const mono = vi.spyOn(clock, "mono").mockReturnValue(0);
  const timer = clock.setTimer(10, () => expect.unreachable("a disposed timer fired"));
  mono.mockReturnValue(5);
  vi.advanceTimersByTime(10);
  expect(vi.getTimerCount()).toBe(1);
  timer[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

test("a delay that is not finite is refused before a timer is set", () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  expect(() => new SystemClock().setTimer(Number.NaN, () => {})).toThrow("finite number");
  expect(vi.getTimerCount()).toBe(0);
});
