import { hash } from "node:crypto";

import { unescapePath } from "@flynn/sdk/kernel";
import type { InventoryEntry } from "@flynn/sdk/skill-scanner";

import { runAtOnce } from "../run-at-once.ts";
import { readFile } from "../tree/read-file.ts";
import type { FileStat, SkillFileSystem } from "../tree/file-system.ts";
import { errorCode } from "../tree/file-trouble.ts";

/**
 * The bytes of a file exactly as they were scanned; null if they are not there any more. The file is opened as a scan opens it:
 * no link is followed and no FIFO is waited for. What a folder above it was swapped for does not matter, because the digest of
 * what is read decides.
 */
export function scannedBytes(fileSystem: SkillFileSystem, root: string, entry: InventoryEntry): Buffer | null {
  if (entry.kind !== "file" || entry.sha256 === null) return null;
  const location = locationOf(root, entry.path);
  const stat = statOf(fileSystem, location);
  if (stat?.kind !== "file" || stat.size !== BigInt(entry.bytes)) return null;
  // A file is within the limits of its scan.
  const bytes = runAtOnce(readFile(fileSystem, { path: entry.path, location, stat }));
  return Buffer.isBuffer(bytes) && hash("sha256", bytes) === entry.sha256 ? bytes : null;
}

/**
 * Where an entry of the inventory lies, in the bytes of the file system. Throws a RangeError for a path that no tree has: whatever
 * made the inventory, nothing outside of the folder is read or written for it.
 */
export function locationOf(root: string, path: string): Buffer {
  const relative = Buffer.from(unescapePath(path));
  const names = relative.toString("latin1").split("/");
  if (names.some((name) => name === "" || name === "." || name === "..")) throw new RangeError(`${path} is no path below a skill's folder`);
  return Buffer.concat([Buffer.from(`${root}/`), relative]);
}

function statOf(fileSystem: SkillFileSystem, location: Buffer): FileStat | null {
  try {
    return fileSystem.lstat(location);
  } catch (error) {
    // Throws what is not the file system's.
    errorCode(error);
    return null;
  }
}
