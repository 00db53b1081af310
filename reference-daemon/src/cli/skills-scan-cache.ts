import { statSync } from "node:fs";
import { join, resolve } from "node:path";

import { isInWorkspace } from "../config/within-workspace.ts";
import { cacheError } from "../skills/cache/cache-error.ts";

const NAME = "flynn-skills-cache.json";

/** The file that `--cache` means. Throws `UNSAFE` where it lies in a folder that is scanned, whose author could bring one along. */
export function cachePath(given: string, folders: readonly string[], cwd: string): string {
  const path = resolve(cwd, given);
  const file = isFolder(path) ? join(path, NAME) : path;
  const around = folders.find((folder) => isInWorkspace(file, resolve(cwd, folder)));
  if (around === undefined) return file;
  throw cacheError("UNSAFE", `The cache ${file} lies in ${around}, which is judged with it. Keep it where no skill is.`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
