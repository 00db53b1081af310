import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import type { ScanRequest } from "@flynn/sdk/skill-scanner";

import { answerSchema } from "./outcome.ts";
import type { Answer } from "./outcome.ts";
import type { Scanner } from "./scanners.ts";

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Running {
  readonly child: Child;
  readonly answers: AsyncIterator<string>;
  /** The first answer also waits for what the scanner loads at its start. */
  isWarm: boolean;
}

const START_MS = 120_000;

/** One scanner in a process that is ended, and started again, when it gives no answer in time. */
export class ScannerProcess implements Disposable {
  readonly scanner: Scanner;
  readonly #timeoutMs: number;
  #running: Running | null = null;

  constructor(scanner: Scanner, timeoutMs: number) {
    this.scanner = scanner;
    this.#timeoutMs = timeoutMs;
  }

  async judge(request: ScanRequest): Promise<Answer> {
    const running = (this.#running ??= this.#start());
    running.child.stdin.write(`${JSON.stringify(request)}\n`);
    const timeoutMs = running.isWarm ? this.#timeoutMs : START_MS;
    const line = await withinTime(running.answers.next(), timeoutMs);
    if (line === null || line.done === true) {
      this.#stop();
      const message = line === null ? `no answer in ${timeoutMs / 1_000} s` : "its process ended";
      return { outcome: "failed", found: [{ rule: "", weight: "failed", path: "", line: null, message }] };
    }
    running.isWarm = true;
    return answerSchema.parse(JSON.parse(line.value));
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #start(): Running {
    const { command, args, environment } = this.scanner;
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env: environment ?? process.env });
    child.stdin.on("error", () => undefined);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, answers, isWarm: false };
  }

  #stop(): void {
    this.#running?.child.kill("SIGKILL");
    this.#running = null;
  }
}

async function withinTime<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | null> {
  const timer = Promise.withResolvers<null>();
  const timeout = setTimeout(() => timer.resolve(null), milliseconds);
  try {
    return await Promise.race([promise, timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}
