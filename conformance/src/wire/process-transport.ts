import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

import { LineSplitter } from "./line-splitter.ts";
import type { ExitStatus, Transport, TransportListener } from "./transport.ts";

/** Output that a child of the subject keeps open after the subject's own end is given this long to close. */
const OUTPUT_CLOSE_BOUND_MS = 500;

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Groups that this process started and has not seen end; they must not outlive it. */
const runningGroups = new Set<number>();
process.on("exit", () => {
  for (const group of runningGroups) killGroup(group, "SIGKILL");
});

/** A subject in a process group of its own, so that it can be ended together with whatever it started. */
export class ProcessTransport implements Transport {
  readonly exited: Promise<ExitStatus>;
  readonly #child: ChildProcess;
  readonly #lines: LineSplitter;
  readonly #early: ((listener: TransportListener) => void)[] = [];
  #listener: TransportListener | undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.pid !== undefined) runningGroups.add(child.pid);
    this.#lines = new LineSplitter((line) => this.#tell((listener) => listener.line(line)));
    child.stdout?.on("data", (chunk: Buffer) => this.#lines.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => this.#tell((listener) => listener.stderr(chunk.toString("utf8"))));
    // A subject that has gone makes the pipe fail; its exit says so already.
    child.stdin?.on("error", () => undefined);
    this.exited = this.#watchExit();
  }

  /** Rejects when the command cannot be started, with the system's own error as cause. */
  static start(options: ProcessOptions): Promise<ProcessTransport> {
    return new Promise((resolve, reject) => {
      const child = spawn(options.command, [...options.args], {
        cwd: options.cwd,
        env: { ...process.env, ...options.environment },
        stdio: ["pipe", "pipe", "pipe"],
        detached: true,
      });
      child.once("error", reject);
      child.once("spawn", () => {
        child.off("error", reject);
        child.on("error", () => undefined);
        resolve(new ProcessTransport(child));
      });
    });
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const tell of this.#early.splice(0)) tell(listener);
  }

  send(line: string): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  kill(signal: "SIGTERM" | "SIGKILL"): void {
    if (this.#child.pid !== undefined) killGroup(this.#child.pid, signal);
  }

  unfinishedLine(): string {
    return this.#lines.unfinished;
  }

  #tell(event: (listener: TransportListener) => void): void {
    if (this.#listener) event(this.#listener);
    else this.#early.push(event);
  }

  async #watchExit(): Promise<ExitStatus> {
    const closed = new Promise<"closed">((resolve) => void this.#child.once("close", () => resolve("closed")));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      this.#child.once("exit", (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), OUTPUT_CLOSE_BOUND_MS);
    });
    const isOutputOpen = (await Promise.race([closed, late])) === "late";
    clearTimeout(timer);
    const pid = this.#child.pid ?? 0;
    const leftOrphan = isOutputOpen || killGroup(pid, 0);
    if (leftOrphan) killGroup(pid, "SIGKILL");
    runningGroups.delete(pid);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    const status: ExitStatus = { code, signal, leftOrphan };
    this.#tell((listener) => listener.exit(status));
    return status;
  }
}

/** Whether there was anyone in the group to get the signal. */
function killGroup(pid: number, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
