import { INITIAL_CREDIT } from "@flynn/sdk/wire";
import type { Json } from "@flynn/sdk/kernel";

/** What a stream reports to its session. */
export interface StreamEvents {
  grant(n: number): void;
  overCredit(seq: number): void;
  outOfSequence(expected: number, got: number): void;
  wrongCount(sent: number, said: number): void;
  afterEnd(): void;
}

/** Credit is given back in batches of this many items, as a real consumer would. */
const CREDIT_BATCH = INITIAL_CREDIT / 2;

/** The host's end of one stream: counts credit and sequence as items arrive, and gives credit as the case reads them. */
export class SessionStream {
  readonly #events: StreamEvents;
  readonly #items: Json[] = [];
  #received = 0;
  #allowed = INITIAL_CREDIT;
  #read = 0;
  #returned = 0;
  /** One item over the credit is right if it is the terminal part, which shows only in what follows it. */
  #overCreditSeq: number | undefined;
  #isCancelled = false;
  #hasEnded = false;
  #wake: (() => void) | undefined;

  constructor(events: StreamEvents) {
    this.#events = events;
  }

  receive(seq: number, value: Json): void {
    if (this.#hasEnded) {
      this.#events.afterEnd();
      return;
    }
    if (seq !== this.#received) this.#events.outOfSequence(this.#received, seq);
    if (this.#overCreditSeq !== undefined) this.#events.overCredit(this.#overCreditSeq);
    this.#overCreditSeq = this.#received >= this.#allowed ? seq : undefined;
    this.#received += 1;
    this.#items.push(value);
    this.#wake?.();
  }

  /** The response has come. It is told at once, so that an item right behind it is seen to be too late. */
  end(count: number | undefined): void {
    if (this.#hasEnded) return;
    if (count !== undefined && count !== this.#received) this.#events.wrongCount(this.#received, count);
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** The case has aborted or gone: items in flight are right until the end. */
  cancelled(): void {
    this.#isCancelled = true;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  get received(): number {
    return this.#received;
  }

  /** The next item, or undefined at the end. Resolves when there is either. */
  async next(): Promise<{ readonly value: Json } | undefined> {
    while (this.#items.length === 0 && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#items.shift();
    if (value === undefined) return undefined;
    this.#read += 1;
    if (this.#read - this.#returned >= CREDIT_BATCH && !this.#hasEnded) {
      const n = this.#read - this.#returned;
      this.#returned = this.#read;
      this.#allowed += n;
      this.#events.grant(n);
    }
    return { value };
  }
}

/** The count that the end of a stream says; undefined where it says none, which its schema minds. */
export function endCount(result: Json): number | undefined {
  const end = typeof result === "object" && result !== null && "end" in result ? result["end"] : undefined;
  return typeof end === "number" ? end : undefined;
}
