import { extname } from "node:path";
import process from "node:process";

import type { Clock } from "@flynn/sdk/kernel";
import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";
import { Tinypool } from "tinypool";
import type { TinypoolWorker } from "tinypool";

import type { BatchAnswer, Judging, SkillToScan, WorkerSetup } from "./skill-batch.ts";

declare global {
  // The typings of tinypool name the one of browsers, of which Node's do not know.
  interface Worker {}
}

/** Hundreds of times what the largest skill within the default limits takes. */
const MS_FOR_A_SKILL = 60_000;

/** The worker is a source where this file is one, and compiled where this file is. */
const EXTENSION = extname(import.meta.filename);
const WORKER = new URL(`./scan-worker${EXTENSION}`, import.meta.url);
const SOURCE_CONDITION = "--conditions=@flynn/source";

export interface ScanPoolOptions {
  readonly jobs: number;
  readonly judging: Judging;
  readonly clock: Pick<Clock, "setTimer">;
  /** Once it is aborted, every batch rejects and every thread is ended. */
  readonly signal: AbortSignal;
  /** In place of the worker of this package. */
  readonly worker?: URL;
}

/**
 * Threads that scan batches of skills, each with a scanner of its own that lasts as long as the pool. Kept by tinypool, which brings
 * nothing else along; piscina, from which it stems, brings native code.
 */
export class ScanPool implements AsyncDisposable {
  readonly #pool: Tinypool;
  readonly #watched = new WeakSet<TinypoolWorker>();
  readonly #pulse: Int32Array;
  readonly #clock: Pick<Clock, "setTimer">;
  readonly #msForASkill: number;
  readonly #ended: AbortSignal;
  readonly #broken = new AbortController();

  constructor({ jobs, judging, clock, signal, worker = WORKER }: ScanPoolOptions) {
    this.#clock = clock;
    this.#pulse = new Int32Array(new SharedArrayBuffer(jobs * Int32Array.BYTES_PER_ELEMENT));
    const { totalBytes = 0 } = judging.request.limits ?? {};
    this.#msForASkill = MS_FOR_A_SKILL * Math.max(1, totalBytes / DEFAULT_LIMITS.totalBytes);
    this.#ended = AbortSignal.any([signal, this.#broken.signal]);
    const setup: WorkerSetup = { judging, pulse: this.#pulse };
    const isSource = EXTENSION === ".ts" && !process.execArgv.includes(SOURCE_CONDITION);
    this.#pool = new Tinypool({
      filename: worker.href,
      name: "scanBatch",
      minThreads: jobs,
      maxThreads: jobs,
      workerData: setup,
      execArgv: isSource ? [...process.execArgv, SOURCE_CONDITION] : process.execArgv,
    });
    // A thread that cannot even start has no batch that could fail; without this, the batches would wait for it for ever.
    this.#pool.on("error", (error) => this.#broken.abort(error));
  }

  /**
   * Scans the skills in a thread. `lane` is a number below `jobs` that no other batch has at the time. Rejects when the thread
   * dies, hangs or is ended: what it held was not scanned, and the next batch gets a new thread.
   */
  async scan(skills: readonly SkillToScan[], lane: number): Promise<BatchAnswer> {
    for (const thread of this.#pool.threads) this.#tellExit(thread);
    const hung = new AbortController();
    using watch = new Watch(this.#clock, this.#msForASkill, () => this.done(lane), hung);
    watch.start();
    const signal = AbortSignal.any([this.#ended, hung.signal]);
    return (await this.#pool.run({ skills, lane }, { signal })) as BatchAnswer;
  }

  /** How many skills a lane has done since the start of the pool. */
  done(lane: number): number {
    return Atomics.load(this.#pulse, lane);
  }

  /** The pool knows of a thread that fails, but not of one that just ends, and would wait for it for ever. */
  #tellExit(thread: TinypoolWorker): void {
    if (this.#watched.has(thread)) return;
    this.#watched.add(thread);
    thread.on("exit", () => {
      if (this.#pool.threads.includes(thread)) thread.emit("error", new Error("The thread ended by itself"));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Ends a batch in which no skill was done for too long. */
class Watch implements Disposable {
  readonly #clock: Pick<Clock, "setTimer">;
  readonly #everyMs: number;
  readonly #done: () => number;
  readonly #hung: AbortController;
  #timer: Disposable | undefined;

  constructor(clock: Pick<Clock, "setTimer">, everyMs: number, done: () => number, hung: AbortController) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#done = done;
    this.#hung = hung;
  }

  start(): void {
    const before = this.#done();
    this.#timer = this.#clock.setTimer(this.#everyMs, () => {
      if (this.#done() === before) this.#hung.abort(new Error("No skill was done for too long"));
      else this.start();
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}
