import process from "node:process";

import type { TrustedContext } from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";

import { printable } from "../text/printable.ts";
import type { ToolExecutor, ToolResult } from "../tools/executor/index.ts";
import { ProgramOutput } from "./program-output.ts";
import { write } from "./streams.ts";
import type { OutputStream } from "./streams.ts";

/** A program that was started on a line of the session. */
export interface RunningProgram {
  /** Resolves once it is over and its end was told; rejects when nobody takes its output any more. */
  readonly over: Promise<void>;
  /** Asks it to end, and sees to it that it does. */
  interrupt(): void;
}

export interface ProgramSurroundings {
  readonly executor: Pick<ToolExecutor, "run" | "write">;
  readonly context: TrustedContext;
  /** Absolute. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

const TOOL = "exec";
const KILL_AFTER_MS = 2_000;
const LONGEST_MESSAGE = 1_000;

/** Runs a program as a call of the tool `exec`, without input. How it ended, and where it ran, goes to stderr. */
export function startProgramCall(argv: readonly string[], surroundings: ProgramSurroundings): RunningProgram {
  const { executor, context, cwd, clock, stdout, stderr } = surroundings;
  const interrupter = new Interrupter(clock);
  const out = new ProgramOutput(stdout);
  const err = new ProgramOutput(stderr);
  const output = {
    started: ({ callId, pid }: { readonly callId: string; readonly pid: number }): void => {
      executor.write(callId, null);
      interrupter.started(pid);
    },
    stdout: (chunk: Buffer): void => out.write(chunk),
    stderr: (chunk: Buffer): void => err.write(chunk),
  };
  const run = async (): Promise<void> => {
    using _interrupter = interrupter;
    const result = await executor.run(context, { tool: TOOL, argv, cwd }, output);
    out.end();
    err.end();
    await write(stderr, `${outcomeOf(result)}\n`);
  };
  return { over: run(), interrupt: () => interrupter.interrupt() };
}

/** Passes an interruption on to the group of a program, as a terminal does; kills those that do not heed it. */
class Interrupter implements Disposable {
  readonly #clock: Clock;
  #pid: number | undefined;
  #isInterrupted = false;
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  started(pid: number): void {
    this.#pid = pid;
    if (this.#isInterrupted) this.#signal("SIGKILL");
  }

  interrupt(): void {
    this.#signal(this.#isInterrupted ? "SIGKILL" : "SIGINT");
    this.#isInterrupted = true;
    this.#timer ??= this.#clock.setTimer(KILL_AFTER_MS, () => this.#signal("SIGKILL"));
  }

  [Symbol.dispose](): void {
    this.#pid = undefined;
    this.#timer?.[Symbol.dispose]();
  }

  #signal(signal: "SIGINT" | "SIGKILL"): void {
    if (this.#pid === undefined) return;
    try {
      process.kill(-this.#pid, signal);
    } catch {
      // Nothing of the group is left.
    }
  }
}

function outcomeOf(result: ToolResult): string {
  switch (result.kind) {
    case "finished":
      return `[${result.environment}] ${result.signal === null ? `exit status ${result.exitCode}` : `ended by ${result.signal}`}`;
    case "terminated":
      return `[${result.environment}] ended by ${result.signal}: its grant ${result.cause === "revoked" ? "was revoked" : "has expired"}`;
    case "refused":
      return `[refused] ${result.code}: ${printable(result.message, LONGEST_MESSAGE)}`;
  }
}
