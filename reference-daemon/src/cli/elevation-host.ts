import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";

import { AuditLog } from "../audit/audit-log.ts";
import { ReferenceElevationGate } from "../elevation/index.ts";
import { ToolExecutor, findSandbox } from "../tools/executor/index.ts";

export interface ElevationHostOptions {
  readonly policy: ElevationPolicy;
  readonly clock: Clock;
  /** All absolute. */
  readonly auditFolder: string;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A gate with its log and its executor. Grants live as long as this process, so all three are opened and closed together. */
export class ElevationHost {
  readonly gate: ReferenceElevationGate;
  readonly executor: ToolExecutor;
  readonly #log: AuditLog;

  private constructor(gate: ReferenceElevationGate, executor: ToolExecutor, log: AuditLog) {
    this.gate = gate;
    this.executor = executor;
    this.#log = log;
  }

  /** Fails as {@link AuditLog.open} does. */
  static async open({ policy, clock, auditFolder, workspace, environment }: ElevationHostOptions): Promise<ElevationHost> {
    const log = await AuditLog.open(auditFolder);
    try {
      const sandbox = await findSandbox({ environment, hidden: [auditFolder] });
      const gate = new ReferenceElevationGate({
        policy,
        clock,
        auditHead: log.head,
        audit: (event) => log.append(event),
        // Where no other person is asked, the code is the whole confirmation.
        hook: () => Promise.resolve({ allow: true }),
        onLeasesEnded: (ended) => executor.leasesEnded(ended),
      });
      const executor = new ToolExecutor({ gate, clock, sandbox, workspace, environment });
      return new ElevationHost(gate, executor, log);
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  /** Ends the grants of the session, kills what still runs, and lets go of the log once it has all of that. */
  async close(sessionId: string): Promise<void> {
    try {
      await this.gate.endSession(sessionId);
      await this.executor.close();
      this.gate.close();
      await this.gate.flushed();
    } finally {
      await this.#log.close();
    }
  }
}
