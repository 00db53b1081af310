import assert from "node:assert/strict";

import type { AuditEvent, ElevationPolicy, ElevationRequest } from "@flynn/sdk/elevation-gate";
import { VirtualClock } from "@flynn/sdk/kernel";
import type { ClockReading } from "@flynn/sdk/kernel";
import type fc from "fast-check";

import { BASE_POLICY, callOf, HOT } from "../contexts.ts";
import type { GateUnderTest, OpenGate } from "../world.ts";

/** Of every grant of a race. */
export const GRANT_TTL_MS = 30_000;

/** What one actor is told. */
export interface Answer {
  readonly code: string;
  /** Of the grants that it is about. */
  readonly grantIds: readonly string[];
  readonly leaseId?: string | null;
  readonly attemptsLeft?: number | null;
}

/** Takes part once, whenever the scheduler says. */
export interface Actor {
  readonly name: string;
  readonly act: (race: Race) => Promise<Answer>;
  /** Takes rights away, by whatever means. */
  readonly isStop?: boolean;
  /** Takes away the tool of the calls, and nothing else. */
  readonly deniesExec?: boolean;
  /** Moves the clocks. */
  readonly moves?: "on" | "back";
}

/** What an actor did, from when to when on the race's own count of moments. */
export interface Turn extends Answer {
  readonly actor: Actor;
  readonly from: number;
  readonly to: number;
}

export interface RaceTerms {
  /** Which of the events that are handed over to the log it refuses; the first is 1. */
  readonly refused: readonly number[];
  readonly hookAllows: boolean;
  /** Whether somebody looks at the gate after each step; a look may find that time has run out. */
  readonly isWatched: boolean;
}

/** A gate whose audit and hook answer when the scheduler says, and not before. */
export class Race {
  readonly scheduler: fc.Scheduler;
  readonly terms: RaceTerms;
  readonly clock = new VirtualClock({ mono: 0, boot: 0, wall: Date.UTC(2026, 10, 23) });
  readonly gate: GateUnderTest;
  readonly log: AuditEvent[] = [];
  readonly turns: Turn[] = [];
  readonly codes: string[] = [];
  /** The moment at which everybody may begin. */
  startedAt = 0;
  readonly #takenAt = new Map<AuditEvent, { readonly moment: number; readonly mono: number }>();
  readonly #digestOf = new Map<string, string>();
  #isOn = false;
  #moment = 0;
  #handedOver = 0;

  constructor(openGate: OpenGate, scheduler: fc.Scheduler, terms: RaceTerms) {
    this.scheduler = scheduler;
    this.terms = terms;
    this.gate = openGate({
      policy: BASE_POLICY,
      clock: this.clock,
      auditHead: null,
      audit: (event) => this.#take(event),
      hook: () => {
        const answer = Promise.resolve({ allow: terms.hookAllows || !this.#isOn });
        return this.#isOn ? scheduler.schedule(answer, "hook") : answer;
      },
    });
  }

  async request(request: ElevationRequest): Promise<Answer> {
    const { code, challenge, grants } = await this.gate.request(HOT, request);
    if (challenge) this.codes.push(await challenge.reveal());
    return { code, grantIds: grants.map(({ grantId }) => grantId) };
  }

  /** With the code that was issued last. */
  async confirm(code = this.codes.at(-1) ?? ""): Promise<Answer> {
    const reply = await this.gate.confirm(HOT, code);
    return { code: reply.code, grantIds: reply.grants.map(({ grantId }) => grantId), attemptsLeft: reply.attemptsLeft };
  }

  async acquire(tool: string): Promise<Answer> {
    const call = callOf(tool);
    const checkedDigest = this.#digestOf.get(tool) ?? "";
    const { code, grantId, leaseId } = await this.gate.acquire(HOT, { call, checkedDigest });
    return { code, grantIds: grantId === null ? [] : [grantId], leaseId };
  }

  async reload(edit: Partial<ElevationPolicy>): Promise<Answer> {
    await this.gate.reload({ ...BASE_POLICY, ...edit });
    return { code: "reloaded", grantIds: [] };
  }

  move(by: ClockReading, fire: boolean): void {
    this.clock.set({ mono: this.clock.mono() + by.mono, boot: this.clock.boot() + by.boot, wall: this.clock.wall() + by.wall, fire });
  }

  /** Lets all actors take part, in any order and with any of the waits of the gate between. */
  async run(actors: readonly Actor[], watch: () => Promise<void>): Promise<void> {
    for (const tool of ["exec", "write"]) this.#digestOf.set(tool, (await this.gate.check(HOT, callOf(tool))).callDigest);
    this.startedAt = this.#nextMoment();
    this.#isOn = true;
    for (const actor of actors) void this.#play(actor);
    await this.scheduler.waitIdle(async (step) => {
      await step();
      if (this.terms.isWatched) await watch();
    });
    this.#isOn = false;
    assert.equal(this.turns.length, actors.length, "everybody gets an answer");
    // An event of its own, so that what is owed is told before it.
    await this.gate.reload(BASE_POLICY);
    await this.gate.flushed();
  }

  /** When the log took it, on the race's count and on the monotonic clock. */
  takenAt(event: AuditEvent): { readonly moment: number; readonly mono: number } {
    return this.#takenAt.get(event) ?? { moment: 0, mono: 0 };
  }

  eventsOf(grantId: string, type?: AuditEvent["type"]): AuditEvent[] {
    return this.log.filter((event) => event.grantId === grantId && (type === undefined || event.type === type));
  }

  async #play(actor: Actor): Promise<void> {
    await this.scheduler.schedule(Promise.resolve(), actor.name);
    const from = this.#nextMoment();
    const answer = await actor.act(this);
    this.turns.push({ ...answer, actor, from, to: this.#nextMoment() });
  }

  async #take(event: AuditEvent): Promise<void> {
    if (this.#isOn) {
      this.#handedOver += 1;
      const isRefused = this.terms.refused.includes(this.#handedOver);
      await this.scheduler.schedule(Promise.resolve(), `audit ${event.type}${isRefused ? ", refused" : ""}`);
      if (isRefused) throw new Error("The disk is full");
    }
    this.log.push(event);
    this.#takenAt.set(event, { moment: this.#nextMoment(), mono: this.clock.mono() });
  }

  #nextMoment(): number {
    this.#moment += 1;
    return this.#moment;
  }
}
