import { isAbsolute, join, resolve } from "node:path";

/** Where the configuration is looked for. */
export interface ConfigPlace {
  /** Absolute. */
  readonly path: string;
  /** Somebody named the file, so that it is a mistake when it is not there. */
  readonly isNamed: boolean;
}

export interface ConfigSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The file that was given, else `$FLYNN_CONFIG`, else `flynn/config.json` in `$XDG_CONFIG_HOME` or in `$HOME/.config`. Undefined
 * where none of them is set. By the XDG specification, an empty value is none and a relative `$XDG_CONFIG_HOME` too.
 */
export function configPlace(given: string | undefined, { environment, cwd }: ConfigSurroundings): ConfigPlace | undefined {
  const { FLYNN_CONFIG: own = "", XDG_CONFIG_HOME: config = "", HOME: home = "" } = environment;
  if (given !== undefined) return { path: resolve(cwd, given), isNamed: true };
  if (own !== "") return { path: resolve(cwd, own), isNamed: true };
  const folder = isAbsolute(config) ? config : home === "" ? undefined : resolve(cwd, home, ".config");
  return folder === undefined ? undefined : { path: join(folder, "flynn", "config.json"), isNamed: false };
}
