import { randomUUID } from "node:crypto";

import type { AcquireCode, Acquired, ElevationGate, ReleaseRequest, TrustedContext, Verdict } from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";

import type { LeasesEnded } from "../../elevation/index.ts";
import { GrantDeadline, readingOf } from "./grant-deadline.ts";
import { resolveCall } from "./resolve-call.ts";
import type { ResolvedCall } from "./resolve-call.ts";
import { RunningCall } from "./running-call.ts";
import type { EndingTimes, WriteResult } from "./running-call.ts";
import { RunningCalls } from "./running-calls.ts";
import type { ProcessTerminated } from "./running-calls.ts";
import type { Sandbox } from "./sandbox.ts";
import { scrubbedEnvironment } from "./scrubbed-environment.ts";
import { isStillSealed } from "./sealed-file.ts";
import { refused, toolCallSchema } from "./tool-call.ts";
import type { Refused, ToolCall, ToolOutput, ToolResult } from "./tool-call.ts";

type Gate = Pick<ElevationGate, "check" | "acquire" | "release">;

interface HostRun {
  readonly deadline: GrantDeadline;
  readonly output: ToolOutput;
}

export interface ToolExecutorOptions extends Partial<EndingTimes> {
  readonly gate: Gate;
  readonly clock: Clock;
  readonly sandbox: Sandbox;
  /** The one folder that a call in the sandbox may write to. */
  readonly workspace: string;
  /** Of the daemon; programs get the harmless part of it, as it is now. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onProcessTerminated?: (event: ProcessTerminated) => void;
}

/**
 * Runs tool calls: on the host where the gate grants it, else in the sandbox, else not at all. What was denied on the host is not
 * tried in the sandbox, and what the sandbox cannot run does not come to the host.
 *
 * What runs is what was checked: everything is looked at anew before the gate is asked for the lease, and once more, in the turn
 * in which the program is started, whether anybody has touched it since. A gap is left of the microseconds from there to the
 * system's own look at the path of the program, and of the time that an interpreter takes to open its script. A descriptor in
 * the place of the path would not close it: the file can be written to in place, a script would lose its name, and whoever
 * lists the processes of the machine would read a number where the name of the program should be.
 */
export class ToolExecutor {
  readonly #gate: Gate;
  readonly #clock: Clock;
  readonly #sandbox: Sandbox;
  readonly #workspace: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #calls: RunningCalls;
  readonly #runs = new Set<Promise<unknown>>();

  constructor({ gate, clock, sandbox, workspace, environment, onProcessTerminated = () => {}, ...times }: ToolExecutorOptions) {
    this.#gate = gate;
    this.#clock = clock;
    this.#sandbox = sandbox;
    this.#workspace = workspace;
    this.#environment = scrubbedEnvironment(environment);
    this.#calls = new RunningCalls({
      clock,
      times: { drainMs: 30_000, killAfterDrainMs: 5_000, killAfterRevokeMs: 2_000, ...times },
      onProcessTerminated,
    });
  }

  /** Resolves once the program and everything that it started is over. Rejects with what `output` throws. */
  async run(context: TrustedContext, call: ToolCall, output: ToolOutput): Promise<ToolResult> {
    const run = this.#run(context, call, output);
    const settled = run.catch(() => {});
    this.#runs.add(settled);
    try {
      return await run;
    } finally {
      this.#runs.delete(settled);
    }
  }

  /** Puts `chunk` on the stdin of a call that was `started`; null ends it. Refused from the instant in which its grant is over. */
  write(callId: string, chunk: Buffer | string | null): WriteResult {
    return this.#calls.write(callId, chunk);
  }

  /** For the gate to tell, in the same turn, that calls must end. */
  leasesEnded(ended: LeasesEnded): void {
    this.#calls.end(ended);
  }

  /** Kills what still runs, and resolves once it is gone. */
  async close(): Promise<void> {
    this.#calls.close();
    await Promise.all(this.#runs);
  }

  async #run(context: TrustedContext, given: ToolCall, output: ToolOutput): Promise<ToolResult> {
    const parsed = toolCallSchema.safeParse(given);
    if (!parsed.success) return refused("BAD_CALL", `This is no call of a tool: ${parsed.error.issues[0]?.message ?? "unreadable"}.`);
    const call = parsed.data;
    const checked = await resolveCall(call, this.#environment);
    if (checked.kind === "refused") return checked;
    const before = readingOf(this.#clock);
    let verdict: Verdict;
    try {
      verdict = await this.#gate.check(context, checked.facts);
    } catch (error) {
      return gateFailure(error);
    }
    if (verdict.decision === "sandbox") return this.#runInSandbox(checked, output);
    if (verdict.decision !== "host") return refused("DENIED_POLICY", DENIALS.DENIED_POLICY);

    const deadline = new GrantDeadline(this.#clock, before, verdict.remainingMs);
    const started = await this.#startOnHost(context, call, verdict, { deadline, output });
    return started instanceof RunningCall ? this.#endOnHost(started) : started;
  }

  async #runInSandbox({ found, facts }: ResolvedCall, output: ToolOutput): Promise<ToolResult> {
    const { argv, cwd } = facts;
    const program = { executable: found, argv, environment: this.#environment, cwd: cwd.path, workspace: this.#workspace };
    const wrapped = this.#sandbox.wrap(program);
    if ("kind" in wrapped) return wrapped;
    const call = { callId: `call_${randomUUID()}`, environment: "sandbox", deadline: null, output } as const;
    const started = await this.#calls.start(wrapped, cwd, call);
    if (!(started instanceof RunningCall)) return started;
    const { exitCode, signal } = await started.ended;
    return { kind: "finished", environment: "sandbox", exitCode, signal };
  }

  async #startOnHost(context: TrustedContext, call: ToolCall, verdict: Verdict, run: HostRun): Promise<RunningCall | Refused> {
    const fresh = await resolveCall(call, this.#environment);
    if (fresh.kind === "refused") return drifted(fresh.message);
    if (fresh.unbound !== null) {
      return refused(
        "UNBOUND_SCRIPT",
        `${fresh.unbound} is no regular file, so nobody can say what would run on the host. It did not run.`,
      );
    }
    using _expected = this.#calls.expectLease();
    let acquired: Acquired;
    try {
      acquired = await this.#gate.acquire(context, { call: fresh.facts, checkedDigest: verdict.callDigest });
    } catch (error) {
      return gateFailure(error);
    }
    const { code, leaseId, grantId } = acquired;
    if (code !== "GRANTED") return refused(code, DENIALS[code]);
    if (leaseId === null) return gateFailure(new Error("it grants the call without a lease"));

    // The lease of another grant than was checked has another end than the one that is known.
    const started = grantId === verdict.grantId ? await this.#startUnderLease(fresh, leaseId, run) : notElevated();
    if (!(started instanceof RunningCall)) await this.#release({ leaseId, outcome: "not-started", exitCode: null, signal: null });
    return started;
  }

  /** Nothing is awaited in here: what was made sure of must still be so when the program starts. */
  #startUnderLease({ facts, executable, script }: ResolvedCall, leaseId: string, run: HostRun): ReturnType<RunningCalls["start"]> {
    if (this.#calls.isOver(leaseId) || run.deadline.isOver()) return notElevated();
    if (![executable, script].every((file) => file === null || isStillSealed(file)))
      return drifted("Its program or its script was touched.");
    const program = { executable: executable.path, argv: facts.argv, environment: this.#environment };
    return this.#calls.start(program, facts.cwd, { callId: leaseId, environment: "host", ...run });
  }

  async #endOnHost(call: RunningCall): Promise<ToolResult> {
    const leaseId = call.callId;
    try {
      const { exitCode, signal, terminated } = await call.ended;
      const outcome = terminated ? "terminated" : signal === null ? "exited" : "signalled";
      await this.#release({ leaseId, outcome, exitCode, signal });
      return terminated
        ? { kind: "terminated", environment: "host", ...terminated }
        : { kind: "finished", environment: "host", exitCode, signal };
    } catch (error) {
      await this.#release({ leaseId, outcome: "signalled", exitCode: null, signal: "SIGKILL" });
      throw error;
    }
  }

  async #release(request: ReleaseRequest): Promise<void> {
    // How it ended is true whether or not the gate can be told; the lease ends with its grant.
    await this.#gate.release(request).catch(() => {});
  }
}

const DENIALS: Readonly<Record<Exclude<AcquireCode, "GRANTED">, string>> = {
  DENIED_NOT_ELEVATED:
    "The grant was over before the call could start. It did not run; ask again with /elevate, or call again for the sandbox.",
  DENIED_SCOPE: "The grant does not hold for this tool. It did not run.",
  DENIED_POLICY: "The policy forbids this tool, elevated or not. It did not run.",
  DENIED_DRIFT:
    "The call is not the one any more that was checked. It did not run, on the host or in the sandbox; look at what changed, then call again.",
  DENIED_AUDIT_UNAVAILABLE:
    "It could not be written to the audit log, so it did not run, on the host or in the sandbox. Look at the disk and the log, then call again.",
};

function notElevated(): Refused {
  return refused("DENIED_NOT_ELEVATED", DENIALS.DENIED_NOT_ELEVATED);
}

function drifted(what: string): Refused {
  return refused("DENIED_DRIFT", `${what} ${DENIALS.DENIED_DRIFT}`);
}

function gateFailure(error: unknown): Refused {
  const why = error instanceof Error ? error.message : String(error);
  return refused("GATE_FAILED", `The elevation gate did not answer (${why}). It did not run.`);
}
