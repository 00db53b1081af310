import { StringDecoder } from "node:string_decoder";

import type { OutputStream } from "./streams.ts";

/** Controls but for the ends of lines, the return to the start of one, and tabs. */
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu;

/**
 * What a program writes, passed on. On a terminal its controls are shown and not obeyed: there are some to which a terminal
 * answers as if somebody had typed, and this is where a person types commands that only a person may give.
 */
export class ProgramOutput {
  readonly #stream: OutputStream;
  readonly #decoder = new StringDecoder("utf8");
  #isAtLineStart = true;
  #failure: Error | undefined;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Throws once nobody takes the output any more. */
  write(chunk: Buffer): void {
    if (this.#failure) throw this.#failure;
    if (this.#stream.isTTY === true) this.#show(this.#decoder.write(chunk));
    else this.#pass(chunk);
  }

  /** What comes next on a terminal is at the start of a line. */
  end(): void {
    if (this.#stream.isTTY !== true) return;
    this.#show(this.#decoder.end());
    if (!this.#isAtLineStart) this.#pass("\n");
    this.#isAtLineStart = true;
  }

  #show(text: string): void {
    if (text === "") return;
    this.#isAtLineStart = text.endsWith("\n");
    this.#pass(text.replaceAll(CONTROLS, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`));
  }

  #pass(output: Buffer | string): void {
    this.#stream.write(output, (error) => {
      if (error) this.#failure ??= error;
    });
  }
}
