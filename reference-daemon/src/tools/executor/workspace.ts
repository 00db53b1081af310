import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Folders of the system that are no workspace, nor is any above them. */
const SYSTEM = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/usr",
  "/var",
];
/** Nor is any below these. */
const SYSTEM_TREES = ["/boot", "/dev", "/etc", "/proc", "/sys", "/usr"];

export interface WorkspaceLimits {
  /** The user's own folder, with keys and settings in it. */
  readonly home: string | undefined;
  /** Folders that no program in the sandbox may see, such as that of the audit log. */
  readonly hidden: readonly string[];
}

/** Why a folder cannot be the one that sandboxed programs write to, or undefined where it can. */
export function workspaceProblem(workspace: string, { home, hidden }: WorkspaceLimits): string | undefined {
  const path = realPath(workspace);
  if (path === undefined) return `the workspace ${workspace} is not there; make the folder`;
  if (SYSTEM.some((folder) => isWithin(folder, path)) || SYSTEM_TREES.some((folder) => isWithin(path, folder))) {
    return `the workspace ${path} belongs to the system; choose a folder of its own`;
  }
  if (home !== undefined && isWithin(futurePath(home), path)) {
    return `the workspace ${path} holds the home of the user, with what is private there; choose a folder inside it`;
  }
  const hiding = hidden.find((folder) => isWithin(path, futurePath(folder)));
  return hiding === undefined
    ? undefined
    : `the workspace ${path} lies in ${hiding}, which is hidden from the sandbox; choose another folder`;
}

/** Whether a path is the folder or lies in it; both absolute and without links. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** Links followed as far as there is something; the rest as it is written. */
export function futurePath(path: string): string {
  const absolute = resolve(path);
  const known = realPath(absolute);
  if (known !== undefined) return known;
  const parent = dirname(absolute);
  return resolve(futurePath(parent), absolute.slice(parent.length).replace(/^\/+/u, ""));
}

/** Undefined where there is nothing. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
