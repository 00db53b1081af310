import { join, resolve } from "node:path";

import { stateDirectory } from "./state-directory.ts";
import type { CommandContext } from "./streams.ts";

/** The folder of the audit log that a command is about. */
export function auditDirectory(given: string | undefined, context: CommandContext, misuse: (problem: string) => never): string {
  if (given !== undefined) return resolve(context.cwd, given);
  const state = stateDirectory(context);
  if (state === undefined) misuse("there is no folder to look in; give --dir, or set FLYNN_STATE_DIR or HOME");
  return join(state, "audit");
}
