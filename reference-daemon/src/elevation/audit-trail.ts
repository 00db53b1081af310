import { chainEvent } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, AuditHead, UnchainedEvent } from "@flynn/sdk/elevation-gate";

/** Takes one event; rejects where it could not be written. */
export type AuditSink = (event: AuditEvent) => Promise<unknown>;

interface Entry {
  readonly event: UnchainedEvent;
  /** Of an event that something waits for; the others stay until they are written. */
  readonly settle?: (isWritten: boolean) => void;
}

/** Events that wait for a log which takes none; beyond it they are counted. */
const MOST_OWED = 10_000;

/** The one way to the audit log: events in the order in which they came, one at a time, each chained to the last that was taken. */
export class AuditTrail {
  readonly #sink: AuditSink;
  #head: AuditHead | null;
  #entries: Entry[] = [];
  #handingOver: Promise<void> | undefined;
  #lost = 0;

  constructor(sink: AuditSink, head: AuditHead | null) {
    this.#sink = sink;
    this.#head = head;
  }

  /** Whether the log has the event. Where it has not, the event is gone. */
  write(event: UnchainedEvent): Promise<boolean> {
    return new Promise((settle) => {
      this.#entries.push({ event, settle });
      this.#handOver();
    });
  }

  /** The event is written now, or before any other once the log takes events again. */
  tell(event: UnchainedEvent): void {
    if (this.#entries.length >= MOST_OWED) this.#lost += 1;
    else this.#entries.push({ event });
    this.#handOver();
  }

  /** Resolves once the log has every event so far, or has refused one that is owed. */
  flushed(): Promise<void> {
    return this.#handingOver ?? Promise.resolve();
  }

  #handOver(): void {
    this.#handingOver ??= this.#handOverAll();
  }

  async #handOverAll(): Promise<void> {
    for (let entry = this.#entries[0]; entry; entry = this.#entries[0]) {
      if (await this.#isTaken(entry.event)) {
        this.#entries.shift();
        entry.settle?.(true);
      } else if (entry.settle) {
        this.#entries.shift();
        entry.settle(false);
      } else {
        this.#refuseThoseThatWait();
        break;
      }
    }
    // In the same turn as the last look at the entries, or one that comes in between would wait for ever.
    this.#handingOver = undefined;
  }

  async #isTaken(event: UnchainedEvent): Promise<boolean> {
    const lost = this.#lost;
    const chained = chainEvent({ ...event, suppressed: event.suppressed + lost }, this.#head);
    try {
      await this.#sink(chained);
    } catch {
      return false;
    }
    this.#lost -= lost;
    this.#head = { seq: chained.seq, hash: chained.hash };
    return true;
  }

  /** Nothing may be written before what is owed, and that cannot be written now. */
  #refuseThoseThatWait(): void {
    const waiting = this.#entries.filter((entry) => entry.settle);
    this.#entries = this.#entries.filter((entry) => !entry.settle);
    for (const { settle } of waiting) settle?.(false);
  }
}
