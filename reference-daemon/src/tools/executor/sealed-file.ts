import { createHash } from "node:crypto";
import { constants, realpathSync, statSync } from "node:fs";
import type { BigIntStats } from "node:fs";
import { open, realpath } from "node:fs/promises";

/** A file that was read: what it is by path and content, and what tells that it is still the same. */
export interface SealedFile {
  readonly given: string;
  /** After every link was followed. */
  readonly path: string;
  readonly sha256: string;
  readonly seal: string;
}

/** Reads a regular file. Undefined where it is something else; rejects where it cannot be read. */
export async function sealFile(given: string): Promise<SealedFile | undefined> {
  const path = await realpath(given);
  // Without O_NONBLOCK a pipe would wait here for somebody to write to it.
  await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  // Before it is read: what changes it meanwhile breaks the seal.
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) return undefined;
  const hash = createHash("sha256");
  for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
  return { given, path, sha256: hash.digest("hex"), seal: sealOf(stats) };
}

/** Whether the path still leads to the same file, and nobody wrote to it since. */
export function isStillSealed({ given, path, seal }: SealedFile): boolean {
  try {
    return realpathSync(given) === path && sealOf(statSync(path, { bigint: true })) === seal;
  } catch {
    return false;
  }
}

function sealOf({ dev, ino, size, mode, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mode, mtimeNs, ctimeNs].join(":");
}
