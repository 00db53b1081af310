import { errorCode } from "../tree/file-trouble.ts";
import type { FileStat, SkillFileSystem } from "../tree/file-system.ts";

/** More than any scan with usual limits allows; beyond it, looking is no cheaper than scanning. */
const MOST_ENTRIES = 2_000;
const NS_IN_MS = 1_000_000n;

/** What the file system says about a tree without a byte of it being read. */
export interface TreeState {
  /** Equal for two looks if no entry was added, removed, written to or replaced between them. */
  readonly fingerprint: string;
  /** When the last change was made: Unix time in milliseconds. */
  readonly changedAt: number;
}

/** Null where the tree is too large or cannot be looked at. */
export function treeState(fileSystem: SkillFileSystem, root: string): TreeState | null {
  const lines: string[] = [];
  let newest = 0n;
  const look = (location: Buffer): void => {
    if (lines.length === MOST_ENTRIES) throw new TooLarge();
    const stat = fileSystem.lstat(location);
    lines.push([location.toString("hex"), ...numbersOf(stat)].join(" "));
    newest = stat.ctimeNs > newest ? stat.ctimeNs : newest;
    if (stat.kind === "directory")
      for (const name of namesIn(fileSystem, location, stat)) look(Buffer.concat([location, Buffer.from("/"), name]));
  };
  try {
    look(Buffer.from(root));
  } catch (error) {
    if (!(error instanceof TooLarge)) errorCode(error);
    return null;
  }
  return { fingerprint: lines.join("\n"), changedAt: Number(newest / NS_IN_MS) };
}

class TooLarge extends Error {
  override readonly name = "TooLarge";
}

function numbersOf({ kind, dev, ino, nlink, size, mtimeNs, ctimeNs }: FileStat): unknown[] {
  return [kind, dev, ino, nlink, size, mtimeNs, ctimeNs];
}

function namesIn(fileSystem: SkillFileSystem, location: Buffer, stat: FileStat): Buffer[] {
  const listing = fileSystem.list(location, stat);
  const names: Buffer[] = [];
  try {
    for (let entry = listing.next(); entry !== null; entry = listing.next()) {
      if (names.length === MOST_ENTRIES) throw new TooLarge();
      names.push(entry.name);
    }
  } finally {
    listing.close();
  }
  return names.toSorted((a, b) => Buffer.compare(a, b));
}
