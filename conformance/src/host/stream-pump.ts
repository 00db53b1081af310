import { INITIAL_CREDIT } from "@flynn/sdk/wire";

/**
 * Sends the items of one stream as credit allows. At zero credit it does not pull, so that the source feels the pace of the
 * reader. After an abort it pulls to the end: what the source yields last is its terminal part and needs no credit, and what
 * it yields before that is dropped once the credit is used up. When the reader goes away, the source is told at once, also
 * while it owes an item: it may be waiting for something that only its own clean-up ends.
 */
export class StreamPump {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #controller: AbortController;
  readonly #sendItem: (seq: number, value: unknown) => void;
  #credit: number;
  #sent = 0;
  #isAborted: boolean;
  /** The source's clean-up, once the reader has gone. */
  #leaving: Promise<void> | undefined;
  readonly #left = Promise.withResolvers<"left">();
  #wake: (() => void) | undefined;

  constructor(
    source: AsyncIterable<unknown>,
    controller: AbortController,
    credit: number | undefined,
    sendItem: (seq: number, value: unknown) => void,
  ) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#controller = controller;
    this.#isAborted = controller.signal.aborted;
    this.#credit = credit ?? INITIAL_CREDIT;
    this.#sendItem = sendItem;
  }

  addCredit(n: number): void {
    this.#credit += n;
    this.#wake?.();
  }

  cancel(how: "abort" | "return"): void {
    this.#isAborted = true;
    this.#controller.abort(new DOMException("The call was cancelled", "AbortError"));
    if (how === "return") this.#leave();
    this.#wake?.();
  }

  /** Resolves with the number of items that were sent. */
  async run(): Promise<number> {
    let held: { readonly value: unknown } | undefined;
    while (!this.#leaving) {
      if (this.#credit === 0 && !this.#isAborted) {
        await this.#creditOrCancel();
        continue;
      }
      const step = await this.#pull();
      if (step === "left") break;
      if (step.done) {
        if (held) this.#send(held.value);
        return this.#sent;
      }
      if (this.#credit > 0) {
        this.#credit -= 1;
        this.#send(step.value);
      } else {
        held = { value: step.value };
      }
    }
    await this.#leaving;
    return this.#sent;
  }

  /** The next step, or "left" once the reader has gone: nobody is there then to hear of an item, or of the error of an aborted wait. */
  async #pull(): Promise<IteratorResult<unknown> | "left"> {
    try {
      const step = await Promise.race([this.#iterator.next(), this.#left.promise]);
      return this.#leaving ? "left" : step;
    } catch (error) {
      if (this.#leaving) return "left";
      throw error;
    }
  }

  #leave(): void {
    this.#leaving ??= (async () => {
      await this.#iterator.return?.();
    })().finally(() => this.#left.resolve("left"));
    // It is waited for where the stream ends.
    this.#leaving.catch(() => undefined);
  }

  #send(value: unknown): void {
    this.#sendItem(this.#sent, value);
    this.#sent += 1;
  }

  async #creditOrCancel(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}
