import type { Program } from "./start-program.ts";
import { refused } from "./tool-call.ts";
import type { Refused } from "./tool-call.ts";

/** A program that is to run where it can do no harm. */
export interface SandboxedProgram extends Program {
  /** Absolute, links followed. */
  readonly cwd: string;
  /** The one folder that it may write to. */
  readonly workspace: string;
}

/** Turns a program into one that runs it sealed off, or says why not. It never gives the program back as it came. */
export interface Sandbox {
  wrap(program: SandboxedProgram): Program | Refused;
}

/** Where there is no sandbox: nothing runs, and every answer says why. */
export class NoSandbox implements Sandbox {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }

  wrap(): Refused {
    return refused(
      "NO_SANDBOX",
      `The call is not elevated, and there is no sandbox to run it in: ${this.reason}. Install bubblewrap and allow it to make namespaces, or ask for a grant with /elevate.`,
    );
  }
}
