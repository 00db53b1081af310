import { lstat, mkdir, open, rename, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { BigIntStats } from "node:fs";
import process from "node:process";

import type { AuditFile, AuditFileSystem, FileFacts } from "./audit-file-system.ts";

/** Node opens every file with O_CLOEXEC and has no name for it; no child process gets a descriptor from here. */
export const nodeAuditFileSystem: AuditFileSystem = {
  open: async (path, flags, mode) => auditFile(await open(path, flags, mode)),
  lstat: async (path) => factsOf(await lstat(path, { bigint: true })),
  makeFolder: async (path, mode) => {
    await mkdir(path, { recursive: true, mode });
  },
  rename,
  unlink,
};

function auditFile(handle: FileHandle): AuditFile {
  return {
    stat: async () => factsOf(await handle.stat({ bigint: true })),
    read: async (target, position) => (await handle.read(target, 0, target.length, position)).bytesRead,
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    truncate: (length) => handle.truncate(length),
    datasync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function factsOf(stats: BigIntStats): FileFacts {
  return {
    kind: kindOf(stats),
    dev: stats.dev,
    ino: stats.ino,
    links: Number(stats.nlink),
    size: Number(stats.size),
    mode: Number(stats.mode & 0o7777n),
    isOurs: process.geteuid === undefined || stats.uid === BigInt(process.geteuid()),
  };
}

function kindOf(stats: BigIntStats): FileFacts["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  return stats.isSymbolicLink() ? "link" : "special";
}
