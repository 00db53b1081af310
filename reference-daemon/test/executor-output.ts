import type { StartedCall, ToolOutput } from "../src/tools/executor/index.ts";

/** Collects what a call writes, and tells when a line is there. */
export class CollectedOutput implements ToolOutput {
  readonly #started = Promise.withResolvers<StartedCall>();
  #waiting: (() => boolean)[] = [];
  out = "";
  err = "";

  stdout(chunk: Buffer): void {
    this.out += chunk.toString("latin1");
    this.#waiting = this.#waiting.filter((isDone) => !isDone());
  }

  stderr(chunk: Buffer): void {
    this.err += chunk.toString("latin1");
  }

  started(call: StartedCall): void {
    this.#started.resolve(call);
  }

  call(): Promise<StartedCall> {
    return this.#started.promise;
  }

  /** A whole line of stdout, counted from 0, once it is there. */
  line(at: number): Promise<string> {
    return new Promise((resolve) => {
      const isDone = (): boolean => {
        const line = this.out.split("\n").slice(0, -1)[at];
        if (line !== undefined) resolve(line);
        return line !== undefined;
      };
      if (!isDone()) this.#waiting.push(isDone);
    });
  }
}
