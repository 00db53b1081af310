import { spawnSync } from "node:child_process";

/** Root reads what permissions forbid; without these two capabilities it does not. */
const SETPRIV = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"] as const;

/** The command, run so that file permissions hold for it even where the suite runs as root. */
export function withoutFileOverride(command: readonly string[]): readonly string[] {
  return process.getuid?.() === 0 ? [...SETPRIV, ...command] : command;
}

/** Whether {@link withoutFileOverride} works here: as an ordinary user always, as root where setpriv is installed. */
export function canDropFileOverride(): boolean {
  if (process.getuid === undefined) return false;
  if (process.getuid() !== 0) return true;
  const [command, ...args] = [...SETPRIV, "true"];
  return spawnSync(command ?? "", args, { stdio: "ignore" }).status === 0;
}
