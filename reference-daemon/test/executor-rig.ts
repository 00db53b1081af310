import type { AuditEvent, ElevationGate, ElevationPolicy, GrantMode, TrustedContext } from "@flynn/sdk/elevation-gate";
import { VirtualClock } from "@flynn/sdk/kernel";
import type { Clock } from "@flynn/sdk/kernel";
import { onTestFinished } from "vitest";

import type { AuditLog } from "../src/audit/index.ts";
import { ReferenceElevationGate } from "../src/elevation/index.ts";
import { NoSandbox, ToolExecutor } from "../src/tools/executor/index.ts";
import type { ProcessTerminated, Sandbox, ToolResult } from "../src/tools/executor/index.ts";
import { CollectedOutput } from "./executor-output.ts";
import { temporaryFolder } from "./executor-folder.ts";
import type { TemporaryFolder } from "./executor-folder.ts";

export const TTL_MS = 60_000;

export const CONTEXT: TrustedContext = {
  principalId: "local:1000",
  sessionId: "session-1",
  agentId: "main",
  surface: "tui",
  origin: "human",
  isDirect: true,
};

const POLICY: ElevationPolicy = {
  enabled: true,
  maxTtlMs: 3_600_000,
  pendingTtlMs: 120_000,
  maxAttempts: 3,
  lockoutMs: 30_000,
  hookTimeoutMs: 5_000,
  principals: [CONTEXT.principalId],
  admins: [],
  agents: [CONTEXT.agentId],
  tools: ["exec"],
  deniedTools: ["forbidden"],
};

/** Changes that somebody makes while the executor waits for the gate. */
export interface Meanwhile {
  afterCheck?(): unknown;
  beforeAcquire?(): unknown;
  afterAcquire?(): unknown;
}

export interface RigOptions {
  readonly sandbox?: Sandbox;
  readonly meanwhile?: Meanwhile;
  readonly environment?: Record<string, string>;
  readonly clock?: Clock;
  /** Of the sandbox; a temporary folder where it is left out. */
  readonly workspace?: string;
  /** Where events go beside memory. */
  readonly log?: AuditLog;
}

/** An executor with a real gate whose log is in memory, and on disk where the test says so. */
export class ExecutorRig {
  readonly virtual = new VirtualClock({ mono: 1_000, boot: 2_000, wall: 1_800_000_000_000 });
  readonly folder: TemporaryFolder = temporaryFolder();
  readonly audit: AuditEvent[] = [];
  readonly terminated: ProcessTerminated[] = [];
  readonly gate: ReferenceElevationGate;
  readonly executor: ToolExecutor;
  isAuditBroken = false;

  constructor({ sandbox = new NoSandbox("this test has none"), meanwhile = {}, environment = {}, clock, workspace, log }: RigOptions = {}) {
    this.gate = new ReferenceElevationGate({
      policy: POLICY,
      clock: clock ?? this.virtual,
      auditHead: null,
      audit: async (event) => {
        if (this.isAuditBroken) throw new Error("no space left");
        await log?.append(event);
        this.audit.push(event);
      },
      hook: async () => ({ allow: true }),
      onLeasesEnded: (ended) => this.executor.leasesEnded(ended),
    });
    this.executor = new ToolExecutor({
      gate: watched(this.gate, meanwhile),
      clock: clock ?? this.virtual,
      sandbox,
      workspace: workspace ?? this.folder.path,
      environment: Object.assign(environment, { PATH: environment["PATH"] ?? "/usr/bin:/bin" }),
      onProcessTerminated: (event) => this.terminated.push(event),
    });
  }

  async elevate(mode: GrantMode = "window"): Promise<string> {
    const asked = await this.gate.request(CONTEXT, { ttlMs: TTL_MS, reason: "a test of the executor", mode });
    const given = await this.gate.confirm(CONTEXT, (await asked.challenge?.reveal()) ?? "");
    if (given.code !== "OK_ACTIVE") throw new Error(`The grant of the test is ${given.code}`);
    return given.grants[0]?.grantId ?? "";
  }

  start(
    argv: readonly string[],
    { tool = "exec", cwd = this.folder.path } = {},
  ): { readonly output: CollectedOutput; readonly result: Promise<ToolResult> } {
    const output = new CollectedOutput();
    return { output, result: this.executor.run(CONTEXT, { tool, argv, cwd }, output) };
  }

  async run(
    argv: readonly string[],
    options: { readonly tool?: string; readonly cwd?: string } = {},
  ): Promise<{ readonly output: CollectedOutput; readonly result: ToolResult }> {
    const { output, result } = this.start(argv, options);
    // Nobody writes to it.
    void output.call().then(({ callId }) => this.executor.write(callId, null));
    return { output, result: await result };
  }

  /** Moves all three clocks. */
  pass(ms: number, { fire = true } = {}): void {
    const { virtual } = this;
    virtual.set({ mono: virtual.mono() + ms, boot: virtual.boot() + ms, wall: virtual.wall() + ms, fire });
  }

  /** The events of calls so far, `tool.exec.start` and the like. */
  async calls(): Promise<readonly AuditEvent[]> {
    await this.gate.flushed();
    return this.audit.filter(({ type }) => type.startsWith("tool."));
  }

  async close(): Promise<void> {
    await this.executor.close();
    this.gate.close();
    this.folder[Symbol.dispose]();
  }
}

/** A rig that is closed once the test is over. */
export function openRig(options: RigOptions = {}): ExecutorRig {
  const rig = new ExecutorRig(options);
  onTestFinished(() => rig.close());
  return rig;
}

type Gate = Pick<ElevationGate, "check" | "acquire" | "release">;

function watched(gate: ElevationGate, meanwhile: Meanwhile): Gate {
  return {
    check: async (context, call) => {
      const verdict = await gate.check(context, call);
      await meanwhile.afterCheck?.();
      return verdict;
    },
    acquire: async (context, request) => {
      await meanwhile.beforeAcquire?.();
      const acquired = await gate.acquire(context, request);
      await meanwhile.afterAcquire?.();
      return acquired;
    },
    release: (request) => gate.release(request),
  };
}
