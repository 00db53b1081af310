import { randomUUID } from "node:crypto";

import type { TrustedContext } from "@flynn/sdk/elevation-gate";

/** Who sits at a terminal of this machine, as the system says. */
export interface LocalTerminal {
  /** Of the user who runs this process. */
  readonly uid: number;
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: { readonly isTTY?: boolean | undefined };
}

/**
 * The context of a session on the local command line. A `TrustedContext` is made under `src/surfaces/` and nowhere else, one file
 * for each surface, from what the transport has authenticated and never from what somebody wrote.
 *
 * A person can answer only where input and output are a terminal; a pipe, a script and cron are `system`, and ask for nothing.
 * Who can make a terminal by a program, such as `script`, runs programs on the host already.
 */
export function localTerminalContext({ uid, stdin, stdout }: LocalTerminal): TrustedContext {
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  return {
    principalId: localPrincipalId(uid),
    sessionId: `cli_${randomUUID()}`,
    agentId: "main",
    surface: "cli",
    origin: isTerminal ? "human" : "system",
    isDirect: true,
  };
}

/** A number that the system gives out once; a name can be changed. */
export function localPrincipalId(uid: number): string {
  return `local:${uid}`;
}
