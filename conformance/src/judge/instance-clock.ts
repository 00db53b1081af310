import type { ClockReading } from "@flynn/sdk/kernel";
import { hostRequests } from "@flynn/sdk/wire";

import type { Session } from "../wire/session.ts";
import { Unjudgeable } from "../wire/session-failure.ts";
import { HostCannot } from "./case-outcome.ts";
import type { ClockControl } from "./clock-control.ts";

/** Frames take their time, and a busy machine more of it. */
const REAL_CLOCK_SLACK_MS = 500;

/** The clock of one instance: virtual over the wire, or the machine's own under `--real-clock`. */
export class InstanceClock implements ClockControl {
  readonly #instance: string;
  readonly #session: Session;
  readonly #isReal: boolean;
  readonly #armed = new Map<number, number>();
  #reading: ClockReading;
  /** When a real clock should have been moved last, as `performance.now` counts. */
  #movedAt: number | undefined;

  constructor(instance: string, session: Session, reading: ClockReading, isReal: boolean) {
    this.#instance = instance;
    this.#session = session;
    this.#reading = reading;
    this.#isReal = isReal;
  }

  get reading(): ClockReading {
    return this.#reading;
  }

  get slackMs(): number {
    return this.#isReal ? REAL_CLOCK_SLACK_MS : 0;
  }

  get armed(): readonly number[] {
    return [...this.#armed.values()].toSorted((a, b) => a - b);
  }

  async advance(ms: number): Promise<void> {
    if (this.#isReal) {
      await this.#waitFor(ms);
      return;
    }
    const target = this.#reading.mono + ms;
    for (let due = this.#nextDue(target); due !== undefined; due = this.#nextDue(target)) {
      await this.#moveBy(due - this.#reading.mono);
    }
    await this.#moveBy(target - this.#reading.mono);
  }

  async jump(by: Partial<ClockReading> & { readonly fire?: boolean }): Promise<void> {
    if (this.#isReal) throw new HostCannot("a subject with a real clock cannot be shown a jump of its clocks");
    await this.#set(shifted(this.#reading, by), by.fire ?? true);
  }

  onArmed(timer: number, due: number): void {
    this.#armed.set(timer, due);
  }

  onDisarmed(timer: number): void {
    this.#armed.delete(timer);
  }

  /** What passed since the last move counts, so that the time that frames take does not add up. */
  async #waitFor(ms: number): Promise<void> {
    this.#movedAt = (this.#movedAt ?? performance.now()) + ms;
    const until = this.#movedAt;
    await new Promise((resolve) => void setTimeout(resolve, Math.max(0, until - performance.now())));
    this.#reading = shifted(this.#reading, { mono: ms, boot: ms, wall: ms });
    const lateMs = performance.now() - until;
    if (lateMs > REAL_CLOCK_SLACK_MS)
      throw new HostCannot(`this machine is too busy for a real clock: it is ${Math.round(lateMs)} ms late`);
  }

  #moveBy(ms: number): Promise<void> {
    return this.#set(shifted(this.#reading, { mono: ms, boot: ms, wall: ms }), true);
  }

  #nextDue(target: number): number | undefined {
    return this.armed.find((due) => due > this.#reading.mono && due < target);
  }

  async #set(reading: ClockReading, fire: boolean): Promise<void> {
    this.#reading = reading;
    const answer = await this.#session.request("clock.set", { instance: this.#instance, ...reading, fire });
    const parsed = "result" in answer ? hostRequests["clock.set"].result.safeParse(answer.result) : undefined;
    if (!parsed?.success) {
      const got = "error" in answer ? (answer.error.data?.message ?? answer.error.message) : "another result";
      this.#session.violate("WIRE-003", "invalid-value", "sent `clock.set`", "{ mono, fired, next }", got);
      throw new Unjudgeable("WIRE-003", "the clock could not be set");
    }
    for (const timer of parsed.data.fired) this.#armed.delete(timer);
  }
}

function shifted(reading: ClockReading, by: Partial<ClockReading>): ClockReading {
  return { mono: reading.mono + (by.mono ?? 0), boot: reading.boot + (by.boot ?? 0), wall: reading.wall + (by.wall ?? 0) };
}
