import type { AuditEvent, CallFacts, ElevationGate, ElevationPolicy, HookPrompt } from "@flynn/sdk/elevation-gate";
import { VirtualClock } from "@flynn/sdk/kernel";
import type { ClockReading } from "@flynn/sdk/kernel";

import type { ReferenceElevationGateOptions } from "../../src/elevation/index.ts";
import { callOf, HOT } from "./contexts.ts";

/** A gate, and a way to wait for what it has to tell. */
export type GateUnderTest = ElevationGate & { flushed(): Promise<void> };

/** The class is handed in, so that a runner can change its source before it is loaded. */
export type OpenGate = (options: ReferenceElevationGateOptions) => GateUnderTest;

/** How the hook answers the next time that it is asked. */
export interface HookPlan {
  readonly answer: "allow" | "refuse" | "almost" | "more" | "nothing" | "reject" | "throw";
  /** On all clocks, until it answers; null where it never does. */
  readonly afterMs: number | null;
}

export const ALLOW_AT_ONCE: HookPlan = { answer: "allow", afterMs: 0 };

const ANSWERS: Readonly<Record<Exclude<HookPlan["answer"], "reject" | "throw">, unknown>> = {
  allow: { allow: true },
  refuse: { allow: false },
  almost: { allow: "true" },
  more: { allow: true, elevated: true },
  nothing: null,
};

/** A gate with the machine around it: clocks, an audit log, a hook, and all that was ever seen of it. */
export class World {
  readonly #openGate: OpenGate;
  readonly #policy: ElevationPolicy;
  readonly #digests = new Map<string, string>();
  readonly log: AuditEvent[] = [];
  /** Every code that was ever issued: what an attacker may have read off a screen. */
  readonly codes: string[] = [];
  readonly leases: string[] = [];
  readonly prompts: HookPrompt[] = [];
  isAuditTaking = true;
  /** The log refused something, and was given nothing since. */
  isOwed = false;
  hookPlan = ALLOW_AT_ONCE;
  /** A question that the hook has not answered yet. */
  openQuestion: (() => void) | undefined;
  clock: VirtualClock;
  gate: GateUnderTest;

  constructor(openGate: OpenGate, policy: ElevationPolicy, start: ClockReading) {
    this.#openGate = openGate;
    this.#policy = policy;
    this.clock = new VirtualClock(start);
    this.gate = this.#open();
  }

  /** Asks ahead for what `acquire` needs, because asking later would be a look at the clocks. */
  async learnDigests(): Promise<void> {
    for (const tool of ["exec", "write", "reboot"]) {
      for (const word of ["one", "two"]) await this.digestOf(callOf(tool, word));
    }
  }

  async digestOf(call: CallFacts): Promise<string> {
    const name = JSON.stringify(call);
    const known = this.#digests.get(name);
    if (known !== undefined) return known;
    const { callDigest } = await this.gate.check(HOT, call);
    this.#digests.set(name, callDigest);
    return callDigest;
  }

  /** As after a kill: timers, promises and audit of the gate before lead nowhere. */
  restart(): void {
    this.clock = new VirtualClock(this.reading());
    this.isOwed = false;
    this.gate = this.#open();
  }

  reading(): ClockReading {
    return { mono: this.clock.mono(), boot: this.clock.boot(), wall: this.clock.wall() };
  }

  /** Moves each clock by so many milliseconds. */
  move(by: ClockReading, fire = true): ClockReading {
    const { mono, boot, wall } = this.reading();
    this.clock.set({ mono: mono + by.mono, boot: boot + by.boot, wall: wall + by.wall, fire });
    return this.reading();
  }

  #open(): GateUnderTest {
    const { clock } = this;
    const last = this.log.at(-1);
    return this.#openGate({
      policy: this.#policy,
      clock,
      auditHead: last ? { seq: last.seq, hash: last.hash } : null,
      audit: async (event) => {
        if (clock === this.clock) this.#take(event);
      },
      hook: (prompt) => this.#ask(prompt),
    });
  }

  #take(event: AuditEvent): void {
    this.isOwed = !this.isAuditTaking;
    if (!this.isAuditTaking) throw new Error("The disk is full");
    this.log.push(event);
  }

  #ask(prompt: HookPrompt): Promise<unknown> {
    this.prompts.push(prompt);
    const { answer, afterMs } = this.hookPlan;
    if (answer === "throw") throw new Error("The hook is broken");
    if (afterMs === 0) return answer === "reject" ? Promise.reject(new Error("The hook failed")) : Promise.resolve(ANSWERS[answer]);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.openQuestion = () => {
      if (answer === "reject") reject(new Error("The hook failed late"));
      else resolve(ANSWERS[answer]);
    };
    return promise;
  }
}
