import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";

import { main } from "../src/cli/main.ts";
import type { CommandSignal } from "../src/cli/streams.ts";
import type { SkillFileSystem } from "../src/skills/index.ts";

/** The command as it looks from outside while it runs. */
export interface Screen {
  /** Resolves once all of stdout so far, or all of stderr, matches. */
  find(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: CommandSignal): void;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly interrupt?: boolean;
  /** What skills are read through. */
  readonly skillFiles?: SkillFileSystem;
  /** Of stdin and stdout. */
  readonly isTTY?: boolean;
  readonly stderrIsTTY?: boolean;
  /** Lines of stdin, or what gives its text piece by piece and may look at the screen in between. */
  readonly input?: readonly string[] | ((screen: Screen) => AsyncIterable<string>);
}

/** Runs one command of `flynn` in this process, and keeps what it writes. */
export async function runCommand(
  args: readonly string[],
  { cwd = "/", environment = {}, interrupt = false, isTTY = false, stderrIsTTY = false, input = [], skillFiles }: RunOptions = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = new EventEmitter();
  const stdout = sink(isTTY, written);
  const stderr = sink(stderrIsTTY, written);
  const signals = new EventEmitter();
  const screen: Screen = {
    find: async (pattern) => {
      for (;;) {
        const found = pattern.exec(stdout.text()) ?? pattern.exec(stderr.text());
        if (found) return found;
        await new Promise((resolve) => written.once("written", resolve));
      }
    },
    signal: (name) => void signals.emit(name),
  };
  const onInterrupt = (listener: () => void): (() => void) => {
    if (interrupt) listener();
    return () => {};
  };
  const onSignal = (name: CommandSignal, listener: () => void): (() => void) => {
    signals.on(name, listener);
    return () => void signals.off(name, listener);
  };
  const text = typeof input === "function" ? input(screen) : input.map((line) => `${line}\n`);
  const stdin = Object.assign(Readable.from(text, { objectMode: false }), { isTTY });
  const files = skillFiles === undefined ? {} : { skillFiles };
  const status = await main(args, { stdin, stdout, stderr, cwd, environment, onInterrupt, onSignal, ...files });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(isTTY: boolean, written: EventEmitter): Writable & { text(): string; isTTY: boolean } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
      written.emit("written");
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString("utf8"), isTTY });
}
