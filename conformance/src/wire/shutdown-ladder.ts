import type { Bounds } from "./bounds.ts";
import type { RpcAnswer } from "./rpc-answer.ts";
import { Unjudgeable } from "./session-failure.ts";
import type { ExitStatus, Transport } from "./transport.ts";
import type { Diagnosis } from "./violation.ts";

/** How long a subject that was told to terminate may take before it is killed. Milliseconds. */
const TERMINATION_BOUND_MS = 1_000;

/** What the ladder needs of the session that it ends. */
export interface EndingSession {
  readonly stderrTail: string;
  request(method: string, params: object, bound: number): Promise<RpcAnswer>;
  violate(requirement: string, diagnosis: Diagnosis, did: string, expected: string, got: string): void;
  describeExit(status: ExitStatus): string;
}

/** `shutdown`, end of stdin, SIGTERM, SIGKILL. What it takes is a WIRE-009 matter. */
export async function endInOrder(session: EndingSession, transport: Transport, bounds: Bounds): Promise<void> {
  await askToShutDown(session, bounds);
  transport.endInput();
  const did = "sent `shutdown` and closed stdin";
  if (!(await exits(transport, bounds.exit))) {
    const tail = session.stderrTail === "" ? "" : `; its stderr ends: ${session.stderrTail}`;
    const got = `the process was still running after ${bounds.exit} ms${tail}`;
    session.violate("WIRE-009", "open-handle", did, "the process exits by itself", got);
    transport.kill("SIGTERM");
    if (!(await exits(transport, TERMINATION_BOUND_MS))) transport.kill("SIGKILL");
    await transport.exited;
    return;
  }
  const status = await transport.exited;
  if (status.leftOrphan) {
    const got = "a process that the subject started was still there; the suite has ended it";
    session.violate("WIRE-009", "orphan-process", did, "nothing left running", got);
  }
  if (status.code !== 0) session.violate("WIRE-009", "bad-exit-status", did, "exit status 0", session.describeExit(status));
}

async function askToShutDown(session: EndingSession, bounds: Bounds): Promise<void> {
  const did = "sent `shutdown`";
  try {
    const answer = await session.request("shutdown", {}, bounds.exit);
    if ("error" in answer) {
      const got = `the error ${answer.error.data?.message ?? answer.error.message}`;
      session.violate("WIRE-001", "close-failed", did, "the instances that are open are closed, and the answer {}", got);
    } else if (JSON.stringify(answer.result) !== "{}") {
      session.violate("WIRE-003", "invalid-value", did, "the result {}", JSON.stringify(answer.result));
    }
  } catch (error) {
    // An answer that broke a row of its own was one nevertheless.
    if (!(error instanceof Unjudgeable))
      session.violate("WIRE-004", "not-answered", did, "a response, then the exit once stdin closes", (error as Error).message);
  }
}

async function exits(transport: Transport, boundMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), boundMs);
  });
  const hasExited = await Promise.race([transport.exited.then(() => true), late]);
  clearTimeout(timer);
  return hasExited;
}
