import type { CallFacts } from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";

import type { LeasesEnded } from "../../elevation/index.ts";
import { LEASE_VARIABLE, ProcessTree } from "./process-tree.ts";
import { RunningCall } from "./running-call.ts";
import type { EndingTimes, RunningCallOptions, WriteResult } from "./running-call.ts";
import { holdFolder, startProgram } from "./start-program.ts";
import type { Program } from "./start-program.ts";
import { refused } from "./tool-call.ts";
import type { Refused, TerminationCause } from "./tool-call.ts";

/** A signal that a process got because the grant of its call was over. */
export interface ProcessTerminated {
  readonly leaseId: string;
  readonly pid: number;
  readonly signal: string;
  readonly cause: TerminationCause;
}

export interface RunningCallsOptions {
  readonly clock: Clock;
  readonly times: EndingTimes;
  readonly onProcessTerminated: (event: ProcessTerminated) => void;
}

/** The calls that run, and the leases that were over before their call could start. */
export class RunningCalls {
  readonly #options: RunningCallsOptions;
  readonly #running = new Map<string, RunningCall>();
  readonly #endedEarly = new Set<string>();
  #expected = 0;
  #isClosed = false;

  constructor(options: RunningCallsOptions) {
    this.#options = options;
  }

  /**
   * To be held while the gate is asked for a lease, until its call has started: a lease that ends in between is remembered, although
   * nobody has told its id yet.
   */
  expectLease(): Disposable {
    this.#expected += 1;
    return {
      [Symbol.dispose]: () => {
        this.#expected -= 1;
        if (this.#expected === 0) this.#endedEarly.clear();
      },
    };
  }

  isOver(leaseId: string): boolean {
    return this.#endedEarly.has(leaseId);
  }

  /** In this very turn, or not at all. */
  start(
    program: Program,
    folder: CallFacts["cwd"],
    call: Pick<RunningCallOptions, "callId" | "environment" | "deadline" | "output">,
  ): RunningCall | Refused | Promise<Refused> {
    if (this.#isClosed) return refused("CLOSED", "The executor is closed. It did not run.");
    using cwd = holdFolder(folder);
    if (!cwd) return refused("DENIED_DRIFT", `${folder.path} is another folder now than the one that was checked. It did not run.`);
    const { callId, environment, output } = call;
    const marked = { ...program, environment: { ...program.environment, [LEASE_VARIABLE]: callId } };
    const started = startProgram(marked, { cwd: cwd.path, hasInput: output.started !== undefined });
    if ("problem" in started) return started.problem.then((problem) => refused("NOT_STARTED", `The system did not start it: ${problem}.`));

    const { clock, times, onProcessTerminated } = this.#options;
    const { child, pid } = started;
    const running = new RunningCall({
      ...call,
      ...{ child, pid, clock, times },
      tree: new ProcessTree(pid, callId),
      onSignalled: (event) => {
        if (environment === "host") onProcessTerminated({ leaseId: callId, ...event });
      },
    });
    this.#running.set(callId, running);
    const remove = (): void => void this.#running.delete(callId);
    running.ended.then(remove, remove);
    running.announce();
    return running;
  }

  write(callId: string, chunk: Buffer | string | null): WriteResult {
    return this.#running.get(callId)?.write(chunk) ?? "NOT_RUNNING";
  }

  end({ cause, leaseIds }: LeasesEnded): void {
    for (const leaseId of leaseIds) {
      const call = this.#running.get(leaseId);
      if (call) call.end(cause);
      else if (this.#expected > 0) this.#endedEarly.add(leaseId);
    }
  }

  /** Kills those that run; no other starts. */
  close(): void {
    this.#isClosed = true;
    for (const call of this.#running.values()) call.kill();
  }
}
