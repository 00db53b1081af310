import { StringDecoder } from "node:string_decoder";

import type { InputStream } from "./streams.ts";

/** In UTF-16 code units. Nobody types this much, and something must be the most that is kept of a line without an end. */
const LONGEST_LINE = 1_000_000;

/** Lines of an input, each when it is asked for. A line ends with LF and nothing else, so that a message is what was written. */
export class LineReader {
  readonly #input: InputStream;
  readonly #decoder = new StringDecoder("utf8");
  readonly #stopListening: () => void;
  #lines: string[] = [];
  #rest = "";
  #isOver = false;
  #problem: string | undefined;
  #waiting: ((line: string | undefined) => void) | undefined;

  constructor(input: InputStream) {
    this.#input = input;
    const listeners = {
      data: (chunk: Buffer | string) => this.#take(typeof chunk === "string" ? chunk : this.#decoder.write(chunk)),
      end: () => this.#end(),
      close: () => this.#end(),
      error: (error: Error) => this.#fail(error.message),
    };
    for (const [event, listener] of Object.entries(listeners)) input.on(event, listener);
    this.#stopListening = () => {
      for (const [event, listener] of Object.entries(listeners)) input.off(event, listener);
    };
    input.pause();
  }

  /** Why the input was not read to its end; undefined where it was. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The next line without its end; undefined once there is none. One call at a time. */
  next(): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined || this.#isOver) return Promise.resolve(line);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#input.resume();
    });
  }

  /** No line comes any more, also to those that wait for one. */
  close(): void {
    this.#isOver = true;
    this.#lines = [];
    this.#stopListening();
    this.#input.pause();
    this.#hand();
  }

  #take(text: string): void {
    const [first = "", ...others] = text.split("\n");
    const lines = [this.#rest + first, ...others];
    this.#rest = lines.pop() ?? "";
    this.#lines.push(...lines);
    if (this.#rest.length > LONGEST_LINE) this.#fail(`a line is longer than ${LONGEST_LINE} characters`);
    else this.#hand();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const rest = this.#rest + this.#decoder.end();
    if (rest !== "") this.#lines.push(rest);
    this.#hand();
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
    this.close();
  }

  #hand(): void {
    if (this.#waiting === undefined || (this.#lines.length === 0 && !this.#isOver)) return;
    const hand = this.#waiting;
    this.#waiting = undefined;
    // What comes later stays with the sender until somebody asks for it.
    this.#input.pause();
    hand(this.#lines.shift());
  }
}
