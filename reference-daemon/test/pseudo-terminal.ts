import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";

import { onTestFinished } from "vitest";

/** Copies between its own input and output and a terminal of its own, in which the command runs. */
const BRIDGE = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
const MOST_UNREAD = 100_000;

/** Whether this machine can make a terminal for a test. */
export const hasPseudoTerminals =
  process.platform !== "win32" && spawnSync("python3", ["-c", "import os, pty; os.waitstatus_to_exitcode"]).status === 0;

/** A program of Node on a terminal of its own, and what somebody who sits there sees of it. */
export class PseudoTerminal {
  readonly #bridge: ChildProcess;
  readonly #bridgeEnd: Promise<number | null>;
  /** Resolves once the program itself is gone, whatever became of the terminal. */
  readonly programEnd: Promise<void>;
  #unread = "";
  #isClosed = false;
  #look: () => void = () => {};

  constructor(args: readonly string[], environment: Readonly<Record<string, string | undefined>>) {
    // The program has the fourth, does nothing with it, and closes it with its end.
    this.#bridge = spawn("python3", ["-c", BRIDGE, process.execPath, ...args], {
      stdio: ["pipe", "pipe", "inherit", "pipe"],
      env: { ...environment },
    });
    const { stdio } = this.#bridge;
    const held = stdio[3] as Readable;
    held.resume();
    this.programEnd = new Promise((resolve) => held.once("close", resolve));
    this.#bridgeEnd = new Promise((resolve) => this.#bridge.once("close", resolve));
    stdio[0]?.on("error", () => {});
    (stdio[1] as Readable).setEncoding("utf8").on("data", (text: string) => {
      this.#unread += text;
      this.#look();
    });
    void this.#bridgeEnd.then(() => {
      this.#isClosed = true;
      this.#look();
    });
    onTestFinished(() => void this.#bridge.kill("SIGKILL"));
  }

  type(keys: string): void {
    this.#bridge.stdin?.write(keys);
  }

  /** Reads on to the end of what matches. Rejects when that cannot come any more, or much else does. */
  read(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const found = pattern.exec(this.#unread);
        if (found) {
          this.#unread = this.#unread.slice(found.index + found[0].length);
          this.#look = () => {};
          resolve(found);
        } else if (this.#isClosed || this.#unread.length > MOST_UNREAD) {
          reject(new Error(`${String(pattern)} is not in ${JSON.stringify(this.#unread.slice(-2_000))}`));
        }
      };
      this.#look();
    });
  }

  /** The exit status of the program, once it and the terminal are closed. */
  end(): Promise<number | null> {
    return this.#bridgeEnd;
  }

  /** As when a window is closed: the terminal is gone, and the program is told so. */
  async close(): Promise<void> {
    this.#bridge.kill("SIGKILL");
    await this.programEnd;
  }
}
