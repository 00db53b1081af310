import type { AuditEvent, AuditEventType } from "@flynn/sdk/elevation-gate";
import type { Json } from "@flynn/sdk/kernel";

import type { PortAnswer, PortHandler } from "../../judge/open-instance.ts";

/** How long an event may take to come that no answer waits for. Real time, and many times what a frame takes. */
const OBSERVATION_MS = 3_000;

type Judge = (event: AuditEvent) => boolean;

/** The host's end of the `audit` port: takes, refuses or holds events, and remembers them. */
export class AuditHost {
  /** What was taken, in order. */
  readonly events: AuditEvent[] = [];
  /** What was offered, taken or not. */
  readonly offered: AuditEvent[] = [];
  #refuses: Judge = () => false;
  #holds: Judge = () => false;
  #held: (() => void)[] = [];
  readonly #watchers = new Set<() => void>();

  readonly handler: PortHandler = async ([given]) => {
    const event = given as unknown as AuditEvent;
    this.offered.push(event);
    this.#wake();
    if (this.#holds(event)) await new Promise<void>((resolve) => this.#held.push(resolve));
    return this.#settle(event);
  };

  /** From now on, events that fit are refused; those that are held are judged when they are let go. */
  refuse(judge: Judge): void {
    this.#refuses = judge;
  }

  /** From now on, events that fit are neither taken nor refused until {@link AuditHost.letGo}. */
  hold(judge: Judge): void {
    this.#holds = judge;
  }

  letGo(): void {
    this.#holds = () => false;
    for (const settle of this.#held.splice(0)) settle();
  }

  ofType(type: AuditEventType, grantId?: string): readonly AuditEvent[] {
    return this.events.filter((event) => event.type === type && (grantId === undefined || event.grantId === grantId));
  }

  /** Whether such an event was taken, or is within the time that one may take. */
  async takes(judge: Judge): Promise<boolean> {
    return this.#within(() => this.events.some(judge));
  }

  /** The same for one that is offered, whether or not it is taken. */
  async isOffered(judge: Judge): Promise<boolean> {
    return this.#within(() => this.offered.some(judge));
  }

  #settle(event: AuditEvent): PortAnswer {
    if (this.#refuses(event)) return { reject: { code: "UNAVAILABLE", message: "There is no space left for the audit log" } };
    this.events.push(event);
    this.#wake();
    return { value: null satisfies Json };
  }

  #wake(): void {
    for (const look of [...this.#watchers]) look();
  }

  #within(isThere: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (found: boolean): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      const look = (): void => {
        if (isThere()) settle(true);
      };
      const timer = setTimeout(() => settle(false), OBSERVATION_MS);
      this.#watchers.add(look);
      look();
    });
  }
}
