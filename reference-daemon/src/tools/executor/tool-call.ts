import type { AcquireCode } from "@flynn/sdk/elevation-gate";
import * as z from "zod";

const word = z
  .string()
  .max(1_000_000)
  .refine((text) => !text.includes("\0"), "a program cannot be given a NUL");

/** Strict: a call that says by itself where it may run, or that it was approved, is no call. */
export const toolCallSchema = z.strictObject({
  tool: z.string().min(1).max(64),
  argv: z.tuple([word.min(1)], word).check(z.maxLength(10_000)),
  cwd: word.min(1).max(4_096),
});

/** One call of a tool: a program with its arguments, never a line for a shell. */
export interface ToolCall {
  readonly tool: string;
  /** The first is the name of a program, looked for on the executor's `PATH`, or a path to it. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
}

/** A call that runs, for `ToolExecutor.write`. */
export interface StartedCall {
  /** The id of the lease where there is one; otherwise one of the executor's own. */
  readonly callId: string;
  readonly environment: ToolEnvironment;
  readonly pid: number;
}

export type ToolEnvironment = "host" | "sandbox";

/** Where the output of a call goes while it runs. */
export interface ToolOutput {
  stdout(chunk: Buffer): void;
  stderr(chunk: Buffer): void;
  /** Told once, before any output. Where it is left out nobody can write to the program, so its stdin is empty. */
  started?(call: StartedCall): void;
}

/** Why a call that runs on the host was ended by its grant. */
export type TerminationCause = "expired" | "revoked";

/**
 * - `BAD_CALL`, `BAD_CWD`, `NOT_FOUND`, `NOT_READABLE`: the call cannot be run anywhere as it is.
 * - `UNBOUND_SCRIPT`: an interpreter would read a script that cannot be checked, such as a folder or a pipe; not on the host.
 * - `NO_SANDBOX`, `BAD_WORKSPACE`, `OUTSIDE_WORKSPACE`, `NOT_IN_SANDBOX`: it may run in the sandbox only, and cannot.
 * - `GATE_FAILED`: the gate gave no answer.
 * - `NOT_STARTED`: the system did not start the program.
 * - `CLOSED`: the executor is closed.
 * - `DENIED_*`: by the gate.
 */
export type RefusalCode =
  | "BAD_CALL"
  | "BAD_CWD"
  | "NOT_FOUND"
  | "NOT_READABLE"
  | "UNBOUND_SCRIPT"
  | "NO_SANDBOX"
  | "BAD_WORKSPACE"
  | "OUTSIDE_WORKSPACE"
  | "NOT_IN_SANDBOX"
  | "GATE_FAILED"
  | "NOT_STARTED"
  | "CLOSED"
  | Exclude<AcquireCode, "GRANTED">;

/** Nothing ran. */
export interface Refused {
  readonly kind: "refused";
  readonly code: RefusalCode;
  readonly message: string;
}

/** `terminated`: its grant was over, and it was sent `signal` for that, whatever it made of it. */
export type ToolResult =
  | {
      readonly kind: "finished";
      readonly environment: ToolEnvironment;
      readonly exitCode: number | null;
      readonly signal: string | null;
    }
  | { readonly kind: "terminated"; readonly environment: "host"; readonly cause: TerminationCause; readonly signal: string }
  | Refused;

export function refused(code: RefusalCode, message: string): Refused {
  return { kind: "refused", code, message };
}
