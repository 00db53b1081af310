import type { PathLike } from "node:fs";
import { lstat, mkdir, mkdtemp, open, rename, rm, rmdir } from "node:fs/promises";

/** What an installation asks of the file system. Each call fails with the system's error. */
export interface InstallFiles {
  /** Makes a folder and those above it, for the user alone; gives the topmost that was made, or undefined if all were there. */
  readonly makeFolders: (path: string) => Promise<string | undefined>;
  /** Makes a folder whose name starts with the prefix, for the user alone, and gives its path. */
  readonly makePrivateFolder: (prefix: string) => Promise<string>;
  /** Fails if something is there. */
  readonly makeFolder: (path: PathLike) => Promise<void>;
  /** Fails if something is there. Resolves once the bytes are on the disk. */
  readonly write: (path: PathLike, bytes: Buffer, mode: number) => Promise<void>;
  /** Resolves once the names in the folder are on the disk. */
  readonly sync: (folder: PathLike) => Promise<void>;
  /** What is there, a link as a link; null if nothing is. */
  readonly look: (path: PathLike) => Promise<{ readonly kind: "file" | "directory" | "other"; readonly isExecutable: boolean } | null>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly removeTree: (path: string) => Promise<void>;
  /** Fails unless it is empty. */
  readonly removeFolder: (path: string) => Promise<void>;
}

export const nodeInstallFiles: InstallFiles = {
  makeFolders: (path) => mkdir(path, { recursive: true, mode: 0o700 }),
  makePrivateFolder: (prefix) => mkdtemp(prefix),
  makeFolder: (path) => mkdir(path, { mode: 0o755 }),
  write: async (path, bytes, mode) => {
    const file = await open(path, "wx", mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  sync: async (folder) => {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  look: async (path) => {
    try {
      const stats = await lstat(path);
      const kind = stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other";
      return { kind, isExecutable: (stats.mode & 0o100) !== 0 };
    } catch (error) {
      if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return null;
      throw error;
    }
  },
  rename,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  removeFolder: (path) => rmdir(path),
};

/** `ENOSPC` and its like; undefined for what is not the system's. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
