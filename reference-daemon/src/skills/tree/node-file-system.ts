import { closeSync, constants, fstatSync, lstatSync, openSync, opendirSync, readSync } from "node:fs";
import type { BigIntStats, Dirent } from "node:fs";

import type { DirectoryListing, EntryKind, FileStat, SkillFileSystem } from "./file-system.ts";

/** No link is followed, no FIFO is waited for, and no terminal becomes ours. */
const SAFE_OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

export const nodeFileSystem: SkillFileSystem = {
  lstat: (path) => fileStat(lstatSync(path, { bigint: true })),
  open: (path) => openSync(path, SAFE_OPEN),
  fstat: (descriptor) => fileStat(fstatSync(descriptor, { bigint: true })),
  read: (descriptor, target, offset, length) => readSync(descriptor, target, offset, length, null),
  close: closeSync,
  list: listNames,
};

function listNames(path: Buffer): DirectoryListing {
  // The typings know names as strings only; with this encoding they are the bytes that the file system holds.
  const directory = opendirSync(path as unknown as string, { encoding: "buffer" as BufferEncoding, bufferSize: 128 });
  return {
    next: () => {
      const entry = directory.readSync();
      return entry === null ? null : { name: entry.name as unknown as Buffer, kind: kindOf(entry) };
    },
    close: () => directory.closeSync(),
  };
}

function fileStat(stats: BigIntStats): FileStat {
  const { dev, ino, nlink, size, mtimeNs, ctimeNs } = stats;
  return { kind: kindOf(stats), dev, ino, nlink, size, mtimeNs, ctimeNs };
}

function kindOf(entry: BigIntStats | Dirent): EntryKind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "link" : "special";
}
