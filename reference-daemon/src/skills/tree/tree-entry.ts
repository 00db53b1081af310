import type { EntryKind, FileStat } from "./file-system.ts";

/** One entry below the skill's folder, as the walk found it. */
export interface TreeEntry {
  /** Relative to the root, escaped: as it stands in the inventory. */
  readonly path: string;
  /** Absolute, in the bytes of the file system. */
  readonly location: Buffer;
  readonly name: Buffer;
  readonly kind: EntryKind;
  /** Levels below the root, from 1. */
  readonly depth: number;
  /** The relative path, in the bytes of the file system. */
  readonly pathBytes: number;
}

/** A folder or a file that the walk allows to be read, with the state that it was found in. */
export interface FoundEntry extends TreeEntry {
  readonly stat: FileStat;
}

/** The folder that a listing starts from; the root has the empty path. */
export type Folder = Pick<FoundEntry, "path" | "location" | "depth" | "pathBytes" | "stat">;
