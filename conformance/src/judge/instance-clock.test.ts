import { expect, test, vi } from "vitest";

import { ScriptedSubject } from "../../test/scripted-subject.ts";
import type { Members } from "../../test/scripted-subject.ts";
import { DEFAULT_BOUNDS } from "../wire/bounds.ts";
import { Session } from "../wire/session.ts";
import { InstanceClock } from "./instance-clock.ts";

const START = { mono: 1_000, boot: 2_000, wall: 9_000 };

/** A clock over a subject that answers each move as `answer` says. */
function clockOver(answer: (params: Members) => unknown): {
  readonly clock: InstanceClock;
  readonly moves: Members[];
  readonly session: Session;
} {
  const moves: Members[] = [];
  const subject = new ScriptedSubject(({ id, params }, spoken) => {
    moves.push(params as Members);
    spoken.say({ id, result: answer(params as Members) });
  });
  const session = new Session(subject, DEFAULT_BOUNDS);
  return { clock: new InstanceClock("i1", session, START, false), moves, session };
}

const nothingFired = ({ mono }: Members): unknown => ({ mono, fired: [], next: null });

test("all three clocks move on together", async () => {
  const { clock, moves } = clockOver(nothingFired);
  await clock.advance(50);
  expect(moves).toEqual([{ instance: "i1", mono: 1_050, boot: 2_050, wall: 9_050, fire: true }]);
  expect(clock.reading).toEqual({ mono: 1_050, boot: 2_050, wall: 9_050 });
});

test("it stops at each timer that falls due on the way, at those too that are armed on the way", async () => {
  const { clock, moves } = clockOver(({ mono }) => {
    if (mono === 1_010) {
      clock.onArmed(3, 1_020);
      return { mono, fired: [1], next: 1_020 };
    }
    return { mono, fired: mono === 1_020 ? [3] : [], next: null };
  });
  clock.onArmed(1, 1_010);
  clock.onArmed(2, 1_015);
  clock.onDisarmed(2);
  clock.onArmed(4, 1_500);
  await clock.advance(100);
  expect(moves.map(({ mono }) => mono)).toEqual([1_010, 1_020, 1_100]);
  expect(clock.armed).toEqual([1_500]);
});

test("a jump moves each clock by its own amount in one step", async () => {
  const { clock, moves } = clockOver(nothingFired);
  clock.onArmed(1, 1_005);
  await clock.jump({ mono: 10, boot: 5_000, wall: -3_000, fire: false });
  expect(moves).toEqual([{ instance: "i1", mono: 1_010, boot: 7_000, wall: 6_000, fire: false }]);
});

test("an answer that is no clock's is told, and leaves the case open", async () => {
  const { clock, session } = clockOver(() => ({}));
  await expect(clock.advance(1)).rejects.toMatchObject({ name: "Unjudgeable", requirement: "WIRE-003" });
  expect(session.violations).toMatchObject([{ requirement: "WIRE-003", did: "sent `clock.set`" }]);
});

function realClock(): InstanceClock {
  return new InstanceClock("i1", new Session(new ScriptedSubject(() => undefined), DEFAULT_BOUNDS), START, true);
}

test("a real clock is waited for, and looked at with slack", async () => {
  vi.useFakeTimers();
  const clock = realClock();
  let isOver = false;
  const wait = clock.advance(1_000).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await wait;
  expect(clock.reading.mono).toBe(2_000);
  expect(clock.slackMs).toBeGreaterThan(0);
  expect(clockOver(nothingFired).clock.slackMs).toBe(0);
  vi.useRealTimers();
});

test("the time that frames take between two waits does not add up", async () => {
  vi.useFakeTimers();
  const clock = realClock();
  const first = clock.advance(1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  await first;
  await vi.advanceTimersByTimeAsync(300);
  let isOver = false;
  const second = clock.advance(1_000).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(700);
  await second;
  expect(isOver).toBe(true);
  vi.useRealTimers();
});

test("a machine that is too late for a real clock cannot show it, nor can any show a jump", async () => {
  vi.useFakeTimers();
  const clock = realClock();
  const first = clock.advance(10);
  await vi.advanceTimersByTimeAsync(10);
  await first;
  await vi.advanceTimersByTimeAsync(5_000);
  const late = expect(clock.advance(10)).rejects.toThrow("too busy for a real clock");
  await vi.advanceTimersByTimeAsync(10);
  await late;
  await expect(clock.jump({ boot: 1 })).rejects.toMatchObject({ name: "HostCannot" });
  vi.useRealTimers();
});
