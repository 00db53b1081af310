import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ScriptedSubject, sound } from "../../test/scripted-subject.ts";
import type { Members, Script } from "../../test/scripted-subject.ts";
import { DEFAULT_BOUNDS } from "./bounds.ts";
import { DIAGNOSIS_ADVICE } from "./diagnosis-advice.ts";
import { Session } from "./session.ts";
import type { Diagnosis } from "./violation.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const VALUE = "fk3f9a1c7e5d2b8a6094cb71de83af5260b9d47e1c";
const LEASE = { leaseId: "lease-1" };

interface Fault {
  readonly requirement: string;
  /** A part of what is said. */
  readonly says: string;
  /** What the subject does in place of answering a call, or before it answers one. */
  readonly call?: Script;
  /** What it does with any other frame; true where it has done with it. */
  readonly other?: (frame: Members, subject: ScriptedSubject) => boolean;
  readonly prepare?: (subject: ScriptedSubject) => void;
}

/** One way to bring about each diagnosis of the session; those that a case's instance makes have their own tests. */
const faults: Readonly<Partial<Record<Diagnosis, Fault>>> = {
  "stdout-noise": { requirement: "WIRE-002", says: "Listening", call: (_frame, subject) => subject.say("Listening on port 1") },
  "unflushed-line": {
    requirement: "WIRE-002",
    says: "5 characters",
    call: (_frame, subject) => {
      subject.unfinished = '{"id"';
    },
  },
  "frame-too-large": { requirement: "WIRE-003", says: "a longer line", call: (_frame, subject) => subject.say("x".repeat(17_000_000)) },
  "invalid-frame": { requirement: "WIRE-003", says: "sentAt", call: ({ id }, subject) => subject.say({ id, result: LEASE, sentAt: 1 }) },
  "missing-id": { requirement: "WIRE-004", says: "without an id", call: (_frame, subject) => subject.say({ result: LEASE }) },
  "unknown-id": {
    requirement: "WIRE-004",
    says: 'under id "3"',
    call: ({ id }, subject) => {
      subject.say({ id: String(id), result: LEASE });
      subject.say({ id, result: LEASE });
    },
  },
  "answered-twice": {
    requirement: "WIRE-004",
    says: "a second response",
    call: ({ id }, subject) => {
      subject.say({ id, result: LEASE });
      subject.say({ id, result: LEASE });
    },
  },
  "not-answered": { requirement: "WIRE-004", says: "did not come within", other: ({ method }) => method === "shutdown" },
  "over-credit": {
    requirement: "WIRE-005",
    says: "item 32",
    call: ({ id }, subject) => {
      for (let seq = 0; seq < 34; seq += 1) subject.say({ method: "item", params: { call: id, seq, value: seq } });
      subject.say({ id, result: { end: 34 } });
    },
  },
  "item-out-of-sequence": {
    requirement: "WIRE-005",
    says: "item 1",
    call: ({ id }, subject) => {
      subject.say({ method: "item", params: { call: id, seq: 1, value: 1 } });
      subject.say({ id, result: { end: 1 } });
    },
  },
  "wrong-item-count": { requirement: "WIRE-005", says: '"end": 3', call: ({ id }, subject) => subject.say({ id, result: { end: 3 } }) },
  "item-after-end": {
    requirement: "WIRE-006",
    says: "an item",
    call: ({ id }, subject) => {
      subject.say({ id, result: { end: 0 } });
      subject.say({ method: "item", params: { call: id, seq: 0, value: 1 } });
    },
  },
  "secret-leaked": {
    requirement: "WIRE-008",
    says: "it shows in the answer to `journal`",
    call: ({ id }, subject) => subject.say({ id, result: { end: 0, key: VALUE } }),
  },
  "close-failed": {
    requirement: "WIRE-001",
    says: "locked",
    other: ({ id, method }, subject) => {
      if (method === "shutdown") subject.say({ id, error: { code: -32000, message: "The store is locked" } });
      return method === "shutdown";
    },
  },
  "invalid-value": {
    requirement: "WIRE-003",
    says: "null",
    other: ({ id, method }, subject) => {
      if (method === "shutdown") subject.say({ id, result: null });
      return method === "shutdown";
    },
  },
  "open-handle": {
    requirement: "WIRE-009",
    says: "still running after 3000 ms",
    prepare: (subject) => {
      subject.onInputEnd = () => undefined;
    },
  },
  "bad-exit-status": {
    requirement: "WIRE-009",
    says: "exited with status 3",
    prepare: (subject) => {
      subject.onInputEnd = () => subject.exit({ code: 3 });
    },
  },
  "orphan-process": {
    requirement: "WIRE-009",
    says: "still there",
    prepare: (subject) => {
      subject.onInputEnd = () => subject.exit({ leftOrphan: true });
    },
  },
  "exited-unasked": {
    requirement: "WIRE-009",
    says: "exited with status 7",
    call: ({ id }, subject) => {
      subject.say({ id, result: { end: 0 } });
      subject.exit({ code: 7 });
    },
  },
};

/** Greets, opens, reads a stream and ends, whatever the subject does. */
async function session(fault: Fault | undefined): Promise<Session> {
  const answers = sound(fault?.call ?? (({ id }, subject) => subject.say({ id, result: { end: 0 } })));
  const subject = new ScriptedSubject((frame, spoken) => {
    if (!fault?.other?.(frame, spoken)) answers(frame, spoken);
  });
  fault?.prepare?.(subject);
  const run = new Session(subject, DEFAULT_BOUNDS);
  await run.greet("1.0.0");
  run.canaries.plant("a key", VALUE);
  const open = run.request("open", { instance: "i1" });
  await vi.advanceTimersByTimeAsync(0);
  await open;
  const { stream, answer } = run.beginStream({ instance: "i1", method: "journal", args: [], credit: 32 });
  const read = run.bounded(stream.next(), "the next item").catch(() => undefined);
  answer.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.answer);
  await read;
  const end = run.end();
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.exit * 2 + DEFAULT_BOUNDS.late + 1_000);
  await end;
  return run;
}

test("a sound session has no diagnosis", async () => {
  expect((await session(undefined)).violations).toEqual([]);
});

for (const [diagnosis, fault] of Object.entries(faults)) {
  test(`${diagnosis} is named, and nothing else is`, async () => {
    const { violations } = await session(fault);
    expect(new Set(violations.map((violation) => violation.diagnosis))).toEqual(new Set([diagnosis]));
    expect(violations[0]).toMatchObject({ requirement: fault.requirement, caseId: null });
    expect(violations.map(({ got }) => got).join("\n")).toContain(fault.says);
  });
}

/** Made where an answer is compared with its contract. */
const OF_INSTANCES: readonly Diagnosis[] = ["open-failed", "method-missing", "uncoded-error", "unknown-code"];

test("each diagnosis is brought about by a test, and has its own next step", () => {
  const known = Object.keys(DIAGNOSIS_ADVICE);
  expect([...Object.keys(faults), ...OF_INSTANCES].toSorted()).toEqual(known.toSorted());
  expect(new Set(Object.values(DIAGNOSIS_ADVICE)).size).toBe(known.length);
});

test("the ladder goes on to SIGTERM and then to SIGKILL", async () => {
  const subject = new ScriptedSubject(sound());
  subject.onInputEnd = () => undefined;
  subject.onSignal = (signal) => {
    if (signal === "SIGKILL") subject.exit({ code: null, signal });
  };
  const run = new Session(subject, DEFAULT_BOUNDS);
  await run.greet("1.0.0");
  const end = run.end();
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.exit + 1_000);
  await end;
  expect(subject.signals).toEqual(["SIGTERM", "SIGKILL"]);
});

test("a session that was killed is not asked to end, and its exit is not held against it", async () => {
  const subject = new ScriptedSubject(sound());
  const run = new Session(subject, DEFAULT_BOUNDS);
  await run.greet("1.0.0");
  await run.kill();
  await run.end();
  expect(subject.heard.map((frame) => frame["method"])).toEqual(["hello"]);
  expect(run.violations).toEqual([]);
});
