import { AsyncResource } from "node:async_hooks";

import type { ExitStatus, Transport, TransportListener } from "./transport.ts";

/** What the subject's end of a {@link MemoryTransport} looks like to the code that serves a subject. */
export interface SubjectLine {
  send(line: string): void;
  onLine(handler: (line: string) => void): void;
  onEnd(handler: () => void): void;
}

/** Both ends of the wire in one process. Frames are still lines of text, so that nothing crosses that JSON could not carry. */
export class MemoryTransport implements Transport {
  readonly exited: Promise<ExitStatus>;
  readonly subjectEnd: SubjectLine;
  #listener: TransportListener | undefined;
  #toSubject: ((line: string) => void) | undefined;
  #onEnd: (() => void) | undefined;
  readonly #settleExit: (status: ExitStatus) => void;
  /** What the suite does with a line is not done on the subject's behalf. */
  readonly #suite = new AsyncResource("MemoryTransport");
  readonly #asSubject: (transport: MemoryTransport, run: () => void) => void;

  /** `asSubject` runs what the subject does with a line, and tells of what it throws by {@link crash}. */
  constructor(asSubject: (transport: MemoryTransport, run: () => void) => void = (_transport, run) => run()) {
    this.#asSubject = asSubject;
    const { promise, resolve } = Promise.withResolvers<ExitStatus>();
    this.exited = promise;
    this.#settleExit = resolve;
    this.subjectEnd = {
      send: (line) => setImmediate(() => this.#suite.runInAsyncScope(() => this.#listener?.line(line))),
      onLine: (handler) => {
        this.#toSubject = handler;
      },
      onEnd: (handler) => {
        this.#onEnd = handler;
      },
    };
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  send(line: string): void {
    setImmediate(() => this.#asSubject(this, () => this.#toSubject?.(line)));
  }

  endInput(): void {
    setImmediate(() => {
      this.#asSubject(this, () => this.#onEnd?.());
      this.#end({ code: 0, signal: null, leftOrphan: false });
    });
  }

  kill(signal: "SIGTERM" | "SIGKILL"): void {
    this.#asSubject(this, () => this.#onEnd?.());
    this.#end({ code: null, signal, leftOrphan: false });
  }

  /** Ends as a process does that threw what nobody caught. */
  crash(stderr: string): void {
    this.#asSubject(this, () => this.#onEnd?.());
    this.#suite.runInAsyncScope(() => {
      this.#listener?.stderr(stderr);
      this.#end({ code: 1, signal: null, leftOrphan: false });
    });
  }

  unfinishedLine(): string {
    return "";
  }

  #end(status: ExitStatus): void {
    this.#toSubject = undefined;
    this.#settleExit(status);
    this.#listener?.exit(status);
    this.#listener = undefined;
  }
}
