import { createHash } from "node:crypto";

import { errorCode } from "./file-trouble.ts";
import type { FileStat, SkillFileSystem } from "./file-system.ts";
import { listedNames } from "./listed-names.ts";

/** More entries than this are scanned each time, so that looking at a tree has an end. */
const MOST_ENTRIES = 50_000;
const ENTRIES_IN_A_STEP = 256;
const REST_NS = 2_000_000_000n;
const NS_IN_MS = 1_000_000n;
const SLASH = Buffer.from("/");

/** What the file system says about all entries of a tree, without a byte of them being read. */
export interface TreeState {
  /**
   * Over each path with its kind, device, inode, mode, links, size, and times of the last write and the last change: equal for two
   * looks if, and only if, all of that is.
   */
  readonly digest: string;
  /** The last change of any entry, whatever somebody set its time of writing to: Unix time in nanoseconds. */
  readonly changedNs: bigint;
}

/** Null where the tree has too many entries or cannot be looked at, so that nothing is known of it without a scan. */
export function* treeState(fileSystem: SkillFileSystem, root: string): Generator<void, TreeState | null> {
  const digest = createHash("sha256");
  const waiting = [Buffer.from(root)];
  let entries = 0;
  let changedNs = 0n;
  try {
    for (let location = waiting.pop(); location; location = waiting.pop()) {
      entries += 1;
      if (entries + waiting.length > MOST_ENTRIES) return null;
      const stat = fileSystem.lstat(location);
      digest.update(location);
      digest.update(`\0${numbersOf(stat)}\n`);
      if (stat.ctimeNs > changedNs) ({ ctimeNs: changedNs } = stat);
      if (stat.kind === "directory") {
        const names = namesIn(fileSystem, location, stat);
        if (names === null) return null;
        for (const name of names) waiting.push(Buffer.concat([location, SLASH, name]));
      }
      if (entries % ENTRIES_IN_A_STEP === 0) yield;
    }
  } catch (error) {
    errorCode(error);
    return null;
  }
  return { digest: digest.digest("hex"), changedNs };
}

function numbersOf({ kind, dev, ino, mode, nlink, size, mtimeNs, ctimeNs }: FileStat): string {
  return [kind, dev, ino, mode, nlink, size, mtimeNs, ctimeNs].join(" ");
}

function namesIn(fileSystem: SkillFileSystem, location: Buffer, stat: FileStat): Buffer[] | null {
  const names: Buffer[] = [];
  for (const { name } of listedNames(fileSystem, location, stat)) {
    if (names.length === MOST_ENTRIES) return null;
    names.push(name);
  }
  return names.toSorted((a, b) => Buffer.compare(a, b));
}

/**
 * Whether the last change is long enough ago, at an instant of the wall clock, for a later one to look different. A clock of a file
 * system goes in ticks, some of which are as long as this, and a change in the tick of the last one cannot be told from it.
 */
export function hasRested({ changedNs }: TreeState, wallMs: number): boolean {
  return changedNs + REST_NS < BigInt(Math.floor(wallMs)) * NS_IN_MS;
}
