import { INITIAL_CREDIT } from "@flynn/sdk/wire";

/**
 * Sends the items of one stream as credit allows. At zero credit it does not pull, so that the source feels the pace of the
 * reader. After an abort it pulls to the end: what the source yields last is its terminal part and needs no credit, and what
 * it yields before that is dropped once the credit is used up.
 */
export class StreamPump {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #controller: AbortController;
  readonly #sendItem: (seq: number, value: unknown) => void;
  #credit: number;
  #sent = 0;
  #isAborted: boolean;
  #hasReaderGone = false;
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
    this.#hasReaderGone ||= how === "return";
    this.#controller.abort(new DOMException("The call was cancelled", "AbortError"));
    this.#wake?.();
  }

  /** Resolves with the number of items that were sent. */
  async run(): Promise<number> {
    let held: { readonly value: unknown } | undefined;
    for (;;) {
      if (this.#hasReaderGone) {
        await this.#iterator.return?.();
        return this.#sent;
      }
      if (this.#credit === 0 && !this.#isAborted) {
        await this.#creditOrCancel();
        continue;
      }
      const step = await this.#iterator.next();
      if (step.done) break;
      if (this.#hasReaderGone) continue;
      if (this.#credit > 0) {
        this.#credit -= 1;
        this.#send(step.value);
      } else {
        held = { value: step.value };
      }
    }
    if (held) this.#send(held.value);
    return this.#sent;
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
