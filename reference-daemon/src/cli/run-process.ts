import process from "node:process";

import { main } from "./main.ts";
import { leaveErrorsToWriters } from "./streams.ts";

/** Runs one command with the streams and signals of this process, and sets its exit status. */
export async function runProcess(args: readonly string[]): Promise<void> {
  leaveErrorsToWriters(process.stdout, process.stderr);
  process.exitCode = await main(args, {
    // Opened by whoever reads it, so that no other command waits for it or fails over it.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    environment: process.env,
    onInterrupt: (listener) => {
      process.once("SIGINT", listener);
      return () => void process.off("SIGINT", listener);
    },
    onSignal: (signal, listener) => {
      process.on(signal, listener);
      return () => void process.off(signal, listener);
    },
  });
}
