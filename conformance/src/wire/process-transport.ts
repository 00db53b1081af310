import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

import { LeftBehind } from "./left-behind.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { ExitStatus, Transport, TransportListener } from "./transport.ts";

/** What the subject leaves behind, a child or an open end of its output, is given this long to go by itself. */
const GRACE_MS = 500;

/** A busy machine may take this long to read what a subject wrote before it exited. */
const LONG_OUTPUT_MS = 3_000;

/** What this process has, but for a variable that makes Python flush by itself: a subject that forgets to must show it here too. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONUNBUFFERED: undefined };
}

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What this process started and has not seen end, by process group; it must not outlive this process. */
const running = new Map<number, LeftBehind>();
process.on("exit", () => {
  for (const [group, behind] of running) behind.end(behind.now(group));
});

/** A subject in a process group of its own, so that it can be ended together with whatever it started. */
export class ProcessTransport implements Transport {
  readonly exited: Promise<ExitStatus>;
  readonly #child: ChildProcess;
  readonly #behind: LeftBehind;
  readonly #lines: LineSplitter;
  readonly #early: ((listener: TransportListener) => void)[] = [];
  #listener: TransportListener | undefined;

  private constructor(child: ChildProcess, behind: LeftBehind) {
    this.#child = child;
    this.#behind = behind;
    if (child.pid !== undefined) running.set(child.pid, behind);
    this.#lines = new LineSplitter((line) => this.#tell((listener) => listener.line(line)));
    child.stdout?.on("data", (chunk: Buffer) => this.#lines.push(chunk));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#tell((listener) => listener.stderr(text)));
    // A subject that has gone makes the pipe fail; its exit says so already.
    child.stdin?.on("error", () => undefined);
    this.exited = this.#watchExit();
  }

  /** Rejects when the command cannot be started, with the system's own error as cause. */
  static start(options: ProcessOptions): Promise<ProcessTransport> {
    const behind = new LeftBehind();
    return new Promise((resolve, reject) => {
      const child = spawn(options.command, [...options.args], {
        cwd: options.cwd,
        env: { ...inheritedEnvironment(), ...options.environment, ...behind.environment },
        stdio: ["pipe", "pipe", "pipe"],
        detached: true,
      });
      child.once("error", reject);
      child.once("spawn", () => {
        child.off("error", reject);
        child.on("error", () => undefined);
        resolve(new ProcessTransport(child, behind));
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
    if (this.#child.pid !== undefined) signalGroup(this.#child.pid, signal);
  }

  unfinishedLine(): string {
    return this.#lines.unfinished;
  }

  #tell(event: (listener: TransportListener) => void): void {
    if (this.#listener) event(this.#listener);
    else this.#early.push(event);
  }

  async #watchExit(): Promise<ExitStatus> {
    const closed = new Promise<void>((resolve) => void this.#child.once("close", () => resolve()));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      this.#child.once("exit", (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
    });
    const pid = this.#child.pid ?? 0;
    let isOutputOpen = !(await isWithin(closed, GRACE_MS));
    const left = await this.#behind.after(isOutputOpen ? 0 : GRACE_MS, pid);
    // With nobody left who could hold it, what is open is most likely output that is still being read.
    if (isOutputOpen && left.length === 0) isOutputOpen = !(await isWithin(closed, LONG_OUTPUT_MS));
    this.#behind.end(left);
    running.delete(pid);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    const status: ExitStatus = { code, signal, leftOrphan: isOutputOpen || left.length > 0 };
    this.#tell((listener) => listener.exit(status));
    return status;
  }
}

async function isWithin(event: Promise<void>, boundMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), boundMs);
  });
  const isInTime = await Promise.race([event.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
}

function signalGroup(group: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-group, signal);
  } catch {
    // There is nobody left in it.
  }
}
