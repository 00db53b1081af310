import { isAbsolute } from "node:path";

const KEPT = new Set(["PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TERM", "TMPDIR", "SHELL"]);
const LOCALE = /^LC_[A-Z]{1,32}$/u;
const DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * What a tool's program gets of an environment: the names that tell it where it is and how to speak, and no other. A list of
 * what is harmful would never be complete: keys, `LD_*`, `NODE_OPTIONS`, `BASH_ENV` and their kind are out because they are not in.
 */
export function scrubbedEnvironment(environment: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      (KEPT.has(entry[0]) || LOCALE.test(entry[0])) && entry[1] !== undefined && !entry[1].includes("\0"),
  );
  const scrubbed = { ...Object.fromEntries(kept) };
  return Object.freeze({ ...scrubbed, PATH: searchPath(scrubbed["PATH"]) });
}

/** Without relative and empty entries, which would find programs in whatever folder a call is in. */
function searchPath(path = ""): string {
  return (
    path
      .split(":")
      .filter((folder) => isAbsolute(folder))
      .join(":") || DEFAULT_PATH
  );
}
