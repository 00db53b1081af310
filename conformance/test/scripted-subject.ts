import type { ExitStatus, Transport, TransportListener } from "../src/wire/transport.ts";

export type Members = Record<string, unknown>;

/** What a scripted subject does when it has read a frame. */
export type Script = (frame: Members, subject: ScriptedSubject) => void;

export const HELLO = {
  protocol: "flynn-wire/1",
  subject: { name: "scripted", version: "1.0.0" },
  contracts: { "specimen@1": { flags: { renew: true }, facts: {} } },
  clock: "virtual",
};

/** The subject's end of a wire, played by a test line by line. */
export class ScriptedSubject implements Transport {
  readonly exited: Promise<ExitStatus>;
  /** Every frame that the host sent. */
  readonly heard: Members[] = [];
  readonly signals: string[] = [];
  /** What stands on stdout after the last line feed. */
  unfinished = "";
  /** What happens once stdin has ended. */
  onInputEnd: () => void = () => this.exit({ code: 0 });
  /** What happens on a signal. */
  onSignal: (signal: "SIGTERM" | "SIGKILL") => void = (signal) => this.exit({ code: null, signal });
  readonly #script: Script;
  readonly #settleExit: (status: ExitStatus) => void;
  #listener: TransportListener | undefined;

  constructor(script: Script) {
    this.#script = script;
    const { promise, resolve } = Promise.withResolvers<ExitStatus>();
    this.exited = promise;
    this.#settleExit = resolve;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  send(line: string): void {
    // JSON.parse: the host's own frames, which its tests look at.
    const frame = JSON.parse(line) as Members;
    this.heard.push(frame);
    queueMicrotask(() => this.#script(frame, this));
  }

  endInput(): void {
    this.onInputEnd();
  }

  kill(signal: "SIGTERM" | "SIGKILL"): void {
    this.signals.push(signal);
    this.onSignal(signal);
  }

  unfinishedLine(): string {
    return this.unfinished;
  }

  /** Writes a line to stdout: text as it is, or a frame. */
  say(line: Members | string): void {
    this.#listener?.line(typeof line === "string" ? line : JSON.stringify({ jsonrpc: "2.0", ...line }));
  }

  writeError(text: string): void {
    this.#listener?.stderr(text);
  }

  exit(status: Partial<ExitStatus>): void {
    const whole = { code: 0, signal: null, leftOrphan: false, ...status };
    this.#settleExit(whole);
    this.#listener?.exit(whole);
    this.#listener = undefined;
  }
}

/** A script of a sound subject, in which `calls` answers the methods of the contract and may do anything else besides. */
export function sound(calls: Script = () => undefined): Script {
  return (frame, subject) => {
    const { id, method } = frame;
    if (method === "hello") subject.say({ id, result: HELLO });
    else if (method === "open" || method === "close" || method === "shutdown") subject.say({ id, result: {} });
    else calls(frame, subject);
  };
}
