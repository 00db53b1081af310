import { closeSync, constants, fstatSync, lstatSync, openSync, opendirSync, readSync, readdirSync } from "node:fs";
import type { BigIntStats, Dirent } from "node:fs";

import type { DirectoryListing, EntryKind, FileStat, ListedName, SkillFileSystem } from "./file-system.ts";

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

/** Names are bytes. The typings of the two calls know them as strings only. */
const AS_BYTES = "buffer" as BufferEncoding;

/**
 * A folder whose own size says that it holds few names is listed with one call, which takes half the time of asking for
 * portions of them. Where a file system keeps no such size, or a large one, the names come in portions.
 */
const LISTED_AT_ONCE_BYTES = 16_384n;

function listNames(path: Buffer, stat: FileStat): DirectoryListing {
  const isSmall = stat.size > 0n && stat.size <= LISTED_AT_ONCE_BYTES;
  return isSmall ? listAtOnce(path) : listInPortions(path);
}

function listAtOnce(path: Buffer): DirectoryListing {
  const entries = readdirSync(path, { encoding: "buffer", withFileTypes: true }).values();
  return { next: () => listedName(entries.next().value), close: () => {} };
}

function listInPortions(path: Buffer): DirectoryListing {
  const directory = opendirSync(path as unknown as string, { encoding: AS_BYTES, bufferSize: 128 });
  return {
    next: () => listedName((directory.readSync() ?? undefined) as Dirent<Buffer> | undefined),
    close: () => directory.closeSync(),
  };
}

function listedName(entry: Dirent<Buffer> | undefined): ListedName | null {
  return entry === undefined ? null : { name: entry.name, kind: kindOf(entry) };
}

function fileStat(stats: BigIntStats): FileStat {
  const { dev, ino, mode, nlink, size, mtimeNs, ctimeNs } = stats;
  return { kind: kindOf(stats), dev, ino, mode, nlink, size, mtimeNs, ctimeNs };
}

function kindOf(entry: BigIntStats | Dirent<Buffer>): EntryKind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "link" : "special";
}
