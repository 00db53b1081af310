/** What a scan asks of the file system; nothing in it writes, follows a link at the end of a path, or waits for a device. */
export interface SkillFileSystem {
  /** About the entry itself, never about what a link leads to. */
  lstat(path: Buffer): FileStat;
  /** Opens a regular file for reading and gives its descriptor. Fails on a link; does not wait on a FIFO. */
  open(path: Buffer): number;
  fstat(descriptor: number): FileStat;
  /** Reads on from where the last read ended, into `target` from `offset`; 0 at the end of the file. */
  read(descriptor: number, target: Buffer, offset: number, length: number): number;
  close(descriptor: number): void;
  /** The names in a folder, whose state `lstat` gave, one by one, in the file system's own order. */
  list(path: Buffer, stat: FileStat): DirectoryListing;
}

export interface DirectoryListing {
  /** Null at the end. */
  next(): ListedName | null;
  close(): void;
}

export interface ListedName {
  readonly name: Buffer;
  /** What the folder says the entry is. A hint: `lstat` decides. */
  readonly kind: EntryKind;
}

export type EntryKind = "file" | "directory" | "link" | "special";

/** The exact numbers of the file system, so that two of them can be compared. */
export interface FileStat {
  readonly kind: EntryKind;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: bigint;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Whether both are about the same content of the same file. A swap or a write in between shows in at least one number. */
export function isSameState(before: FileStat, after: FileStat): boolean {
  return (
    before.kind === after.kind &&
    before.dev === after.dev &&
    before.ino === after.ino &&
    before.nlink === after.nlink &&
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs
  );
}
