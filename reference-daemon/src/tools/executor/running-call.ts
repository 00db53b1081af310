import type { ChildProcess } from "node:child_process";
import { setImmediate as nextTurn } from "node:timers/promises";

import type { Clock, Timer } from "@flynn/sdk/kernel";

import type { GrantDeadline } from "./grant-deadline.ts";
import type { ProcessTree } from "./process-tree.ts";
import type { TerminationCause, ToolEnvironment, ToolOutput } from "./tool-call.ts";

/** How long what a program left behind may still write before it is asked to end, and a pipe that nobody of the call holds stays open. */
const LINGER_MS = 100;
const LOOK_AGAIN_MS = 25;
const MOST_UNREAD_BYTES = 1_048_576;
/** More than a pipe holds; who holds it may go on writing for ever. */
const MOST_LEFT_BYTES = 2_097_152;
/** What is killed dies as soon as it would have run again, unless a device keeps it. */
const MOST_TURNS = 500;

/** In milliseconds, from the moment in which a grant is over. */
export interface EndingTimes {
  /** From an expiry to SIGTERM. */
  readonly drainMs: number;
  /** From that SIGTERM to SIGKILL. */
  readonly killAfterDrainMs: number;
  /** From the SIGTERM of a revocation, or of a call whose program is over, to SIGKILL. */
  readonly killAfterRevokeMs: number;
}

/** How the program of a call ended, and whether it was its grant that ended it. */
export interface CallEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly terminated: { readonly cause: TerminationCause; readonly signal: string } | null;
}

/**
 * `GRANT_OVER`: its grant is. `NOT_RUNNING`: there is no such call, or it is over, or it has no input any more. `FULL`: it does not
 * read what it was given before; nothing was taken.
 */
export type WriteResult = "WRITTEN" | "GRANT_OVER" | "NOT_RUNNING" | "FULL";

export interface RunningCallOptions {
  readonly callId: string;
  readonly environment: ToolEnvironment;
  readonly child: ChildProcess;
  readonly pid: number;
  readonly tree: ProcessTree;
  readonly clock: Clock;
  readonly times: EndingTimes;
  /** Of the grant that it runs under. */
  readonly deadline: GrantDeadline | null;
  readonly output: ToolOutput;
  readonly onSignalled: (event: { readonly pid: number; readonly signal: string; readonly cause: TerminationCause }) => void;
}

/** One program while it runs, to the end of everything that it started: nothing of a call outlives it. */
export class RunningCall {
  readonly callId: string;
  readonly ended: Promise<CallEnd>;
  readonly #options: RunningCallOptions;
  readonly #finish: (end: CallEnd) => void;
  readonly #fail: (error: unknown) => void;
  #exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
  #cause: TerminationCause | undefined;
  #terminated: CallEnd["terminated"] = null;
  #stage: "runs" | "asked" | "killed" | "over" = "runs";
  #isDrained = false;
  #read = 0;
  #failure: { readonly error: unknown } | undefined;
  /** To the next signal. */
  #ending: (Timer & { readonly due: number }) | undefined;
  #look: Timer | undefined;

  constructor(options: RunningCallOptions) {
    this.#options = options;
    this.callId = options.callId;
    const { promise, resolve, reject } = Promise.withResolvers<CallEnd>();
    this.ended = promise;
    this.#finish = resolve;
    this.#fail = reject;
    const { child, output } = options;
    // What it does with its input is its own affair.
    child.stdin?.on("error", () => {});
    child.stdout?.on("data", (chunk: Buffer) => this.#pass(chunk, () => output.stdout(chunk)));
    child.stderr?.on("data", (chunk: Buffer) => this.#pass(chunk, () => output.stderr(chunk)));
    child.once("exit", (exitCode, signal) => {
      this.#exit = { exitCode, signal };
      child.stdin?.destroy();
      this.#settle();
    });
    child.once("close", () => {
      this.#isDrained = true;
      this.#settle();
    });
  }

  /** Says that it runs. */
  announce(): void {
    const { callId, environment, pid, output } = this.#options;
    this.#tell(() => output.started?.({ callId, environment, pid }));
  }

  /** Puts `chunk` on the program's stdin; null ends it. */
  write(chunk: Buffer | string | null): WriteResult {
    // Timers announce the end of a grant; whoever writes reads the clocks.
    if (this.#cause === undefined && this.#options.deadline?.isOver()) this.end("expired");
    if (this.#cause !== undefined) return "GRANT_OVER";
    const { stdin } = this.#options.child;
    if (!stdin?.writable || this.#exit) return "NOT_RUNNING";
    if (stdin.writableLength >= MOST_UNREAD_BYTES) return "FULL";
    if (chunk === null) stdin.end();
    else stdin.write(chunk);
    return "WRITTEN";
  }

  /** Its grant is over. */
  end(cause: TerminationCause): void {
    if (this.#stage === "over" || this.#cause === "revoked" || this.#cause === cause) return;
    this.#cause = cause;
    // Closed, not ended: what was written and has not arrived is not to arrive.
    this.#options.child.stdin?.destroy();
    const { times } = this.#options;
    if (cause === "revoked") this.#askToEnd(times.killAfterRevokeMs);
    else if (this.#stage === "runs" && !this.#exit) this.#arm(times.drainMs, () => this.#askToEnd(times.killAfterDrainMs));
  }

  /** At once, and without asking. */
  kill(): void {
    this.#cause ??= "revoked";
    this.#kill();
  }

  #kill(): void {
    if (this.#stage === "over") return;
    this.#ending?.[Symbol.dispose]();
    this.#stage = "killed";
    this.#options.child.stdin?.destroy();
    this.#signal("SIGKILL");
    this.#settle();
  }

  #askToEnd(killAfterMs: number): void {
    if (this.#stage === "killed") return;
    const due = this.#options.clock.mono() + killAfterMs;
    const isKilledSooner = this.#stage === "asked" && this.#ending !== undefined && this.#ending.due <= due;
    this.#stage = "asked";
    if (!isKilledSooner) this.#arm(killAfterMs, () => this.#kill());
    this.#signal("SIGTERM");
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    const cause = this.#cause;
    const pids = this.#options.tree.signal(signal);
    if (cause === undefined) return;
    if (!this.#exit) this.#terminated = { cause, signal };
    // Later, so that whoever listens does not stand between a grant that is over and the next call that runs under it.
    queueMicrotask(() => {
      for (const pid of pids) this.#options.onSignalled({ pid, signal, cause });
    });
  }

  #arm(delayMs: number, callback: () => void): void {
    const { clock } = this.#options;
    this.#ending?.[Symbol.dispose]();
    this.#ending = Object.assign(clock.setTimer(delayMs, callback), { due: clock.mono() + delayMs });
  }

  /** Looks at what is left once the program has ended, and is over when nothing is. */
  #settle(): void {
    if (!this.#exit || this.#stage === "over") return;
    const { tree, times } = this.#options;
    this.#look?.[Symbol.dispose]();
    if (this.#stage === "killed") {
      void this.#bury();
      return;
    }
    if (!tree.isVisible) tree.signal("SIGKILL");
    else if (tree.members().length > 0) {
      if (this.#stage === "runs" && this.#look === undefined) this.#arm(LINGER_MS, () => this.#askToEnd(times.killAfterRevokeMs));
      this.#look = this.#options.clock.setTimer(LOOK_AGAIN_MS, () => this.#settle());
      return;
    }
    if (this.#isDrained) this.#conclude();
    else this.#look = this.#options.clock.setTimer(LINGER_MS, () => void this.#closePipes());
  }

  /** Waits for what was killed, and for no clock. */
  async #bury(): Promise<void> {
    const { tree } = this.#options;
    for (let turns = 0; turns < MOST_TURNS && tree.signal("SIGKILL").length > 0; turns += 1) await nextTurn();
    await this.#closePipes();
  }

  /** Somebody holds a pipe who is not of this call any more. What is in it is read, and no more is waited for. */
  async #closePipes(): Promise<void> {
    const most = this.#read + MOST_LEFT_BYTES;
    for (let before = -1; before !== this.#read && this.#read < most;) {
      before = this.#read;
      await nextTurn();
      await nextTurn();
    }
    this.#options.child.stdout?.destroy();
    this.#options.child.stderr?.destroy();
    this.#conclude();
  }

  #conclude(): void {
    if (this.#stage === "over" || !this.#exit) return;
    this.#stage = "over";
    this.#ending?.[Symbol.dispose]();
    this.#look?.[Symbol.dispose]();
    if (this.#failure) this.#fail(this.#failure.error);
    else this.#finish({ ...this.#exit, terminated: this.#terminated });
  }

  #pass(chunk: Buffer, give: () => void): void {
    this.#read += chunk.length;
    this.#tell(give);
  }

  #tell(give: () => void): void {
    if (this.#failure) return;
    try {
      give();
    } catch (error) {
      // A program whose output nobody takes is not left alone with what it does.
      this.#failure = { error };
      this.#kill();
    }
  }
}
