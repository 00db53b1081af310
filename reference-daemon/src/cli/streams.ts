import { styleText } from "node:util";

import type { SkillFileSystem } from "../skills/tree/file-system.ts";
import { printable } from "../text/printable.ts";

/** What a command writes to. A terminal or not is all that it knows of it. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** What a command reads. */
export interface InputStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

/** What asks a command to end, or to stop for a while. */
export type CommandSignal = "SIGINT" | "SIGQUIT" | "SIGTERM" | "SIGHUP" | "SIGTSTP";

/** Everything that a command has from outside. */
export interface CommandContext {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What skills are read through, where it is not the file system itself. */
  readonly skillFiles?: SkillFileSystem;
  /** Calls back when the user interrupts; the function that it returns ends that. */
  onInterrupt(listener: () => void): () => void;
  /** Calls back each time that the signal comes, in place of what it does by itself; the function that it returns ends that. */
  onSignal(signal: CommandSignal, listener: () => void): () => void;
}

/** Resolves once the text is handed over, or the reader has gone: `flynn … | head` is no failure. */
export function write(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      const isWritten = !error || ("code" in error && error.code === "EPIPE");
      if (isWritten) resolve();
      else reject(error);
    });
  });
}

/** In UTF-16 code units, with long paths in it. */
const LONGEST_PROBLEM = 2_000;

/** One line on stderr that says what is wrong. */
export async function tellProblem(problem: string, { stderr }: Pick<CommandContext, "stderr">): Promise<void> {
  await write(stderr, `flynn: ${printable(problem, LONGEST_PROBLEM)}\n`);
}

/** Without a listener, an error of a stream ends the process; {@link write} has told its caller of it already. */
export function leaveErrorsToWriters(...streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) stream.on("error", () => {});
}

export type Style = Parameters<typeof styleText>[0];
export type Styler = (style: Style, text: string) => string;

/** Colours for a terminal, unless NO_COLOR says otherwise; plain text for everything else. */
export function stylerFor(stream: OutputStream): Styler {
  if (stream.isTTY !== true) return (_style, text) => text;
  return (style, text) => styleText(style, text, { stream });
}
