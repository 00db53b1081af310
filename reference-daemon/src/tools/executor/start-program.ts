import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { platform } from "node:os";

import type { CallFacts } from "@flynn/sdk/elevation-gate";

/** What is started, as the system takes it. */
export interface Program {
  /** Absolute. */
  readonly executable: string;
  /** The first is what the program is told that its name is. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A program that was started, or why it was not. */
export type Started = { readonly child: ChildProcess; readonly pid: number } | { readonly problem: Promise<string> };

/** Starts a program as the leader of a group and a session of its own. No shell is between, and nothing is awaited. */
export function startProgram(program: Program, { cwd, hasInput }: { readonly cwd: string; readonly hasInput: boolean }): Started {
  const [argv0 = "", ...args] = program.argv;
  let child: ChildProcess;
  try {
    child = spawn(program.executable, args, {
      argv0,
      cwd,
      env: { ...program.environment },
      shell: false,
      detached: true,
      stdio: [hasInput ? "pipe" : "ignore", "pipe", "pipe"],
    });
  } catch (error) {
    return { problem: Promise.resolve(messageOf(error)) };
  }
  if (child.pid !== undefined) {
    child.on("error", () => {});
    return { child, pid: child.pid };
  }
  return { problem: new Promise((tell) => child.once("error", (error) => tell(messageOf(error)))) };
}

/** A folder that stays the same one while a program is started in it, whatever becomes of its path. */
export interface HeldFolder extends Disposable {
  readonly path: string;
}

/** Undefined where the path leads to another folder by now. */
export function holdFolder({ path, device, inode }: CallFacts["cwd"]): HeldFolder | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  if (String(dev) === device && String(ino) === inode) {
    // The child has the descriptor, too, up to the moment in which it becomes the program.
    const held = platform() === "linux" ? `/proc/self/fd/${descriptor}` : path;
    return { path: held, [Symbol.dispose]: () => closeSync(descriptor) };
  }
  closeSync(descriptor);
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
