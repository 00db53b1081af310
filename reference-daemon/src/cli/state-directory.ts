import { isAbsolute, join, resolve } from "node:path";

import type { CommandContext } from "./streams.ts";

/**
 * Where the daemon keeps what outlasts it: `$FLYNN_STATE_DIR`, else `$XDG_STATE_HOME/flynn`, else `$HOME/.local/state/flynn`.
 * Undefined where none of them is set. By the XDG specification, an empty value is none and a relative `$XDG_STATE_HOME` too.
 */
export function stateDirectory({ environment, cwd }: Pick<CommandContext, "environment" | "cwd">): string | undefined {
  const { FLYNN_STATE_DIR: own = "", XDG_STATE_HOME: state = "", HOME: home = "" } = environment;
  if (own !== "") return resolve(cwd, own);
  if (isAbsolute(state)) return join(state, "flynn");
  return home === "" ? undefined : resolve(cwd, home, ".local/state/flynn");
}
