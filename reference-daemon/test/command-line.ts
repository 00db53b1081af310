import { Writable } from "node:stream";

import { main } from "../src/cli/main.ts";

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly interrupt?: boolean;
  readonly isTTY?: boolean;
}

/** Runs one command of `flynn` in this process, and keeps what it writes. */
export async function runCommand(
  args: readonly string[],
  { cwd = "/", environment = {}, interrupt = false, isTTY = false }: RunOptions = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const stdout = sink(isTTY);
  const stderr = sink(false);
  const onInterrupt = (listener: () => void): (() => void) => {
    if (interrupt) listener();
    return () => {};
  };
  const status = await main(args, { stdout, stderr, cwd, environment, onInterrupt });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(isTTY: boolean): Writable & { text(): string; isTTY: boolean } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString("utf8"), isTTY });
}
