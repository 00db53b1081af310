import type { Entry } from "yauzl";

import { printable } from "../../text/printable.ts";

/** One entry of an archive that may be unpacked. */
export interface ArchiveEntry {
  /** Relative, with `/` between names and none at the end. */
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly isExecutable: boolean;
  readonly entry: Entry;
}

const UTF8_FLAG = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const TYPE_BITS = 0o170000;
const LINK = 0o120000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

/** What an archive says of one entry, or a sentence on why it is not unpacked. */
export function archiveEntry(entry: Entry): ArchiveEntry | string {
  const name = nameOf(entry);
  if (name === null) return "A name in it is not UTF-8";
  const shown = printable(name);
  const mode = entry.externalFileAttributes >>> 16;
  const type = mode & TYPE_BITS;
  const isFolder = name.endsWith("/");
  const path = isFolder ? name.slice(0, -1) : name;
  if (entry.isEncrypted()) return `${shown} is encrypted`;
  if (type === LINK) return `${shown} is a symbolic link`;
  if (![0, REGULAR, DIRECTORY].includes(type) || (type === DIRECTORY) !== (isFolder && type !== 0))
    return `${shown} is no file and no folder`;
  if (isFolder && entry.uncompressedSize > 0) return `${shown} is a folder with content of its own`;
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return `${shown} is compressed by method ${entry.compressionMethod}, and only deflate is read`;
  }
  const problem = pathProblem(path);
  if (problem !== undefined) return `${shown} ${problem}`;
  return { path, kind: isFolder ? "directory" : "file", isExecutable: (mode & 0o100) !== 0, entry };
}

/** Without the flag it is in a code page that nobody names; what is plain ASCII is the same in all of them. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string | null {
  const isPlain = fileNameRaw.every((byte) => byte < 0x80);
  if (!isPlain && (generalPurposeBitFlag & UTF8_FLAG) === 0) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(fileNameRaw);
  } catch {
    return null;
  }
}

function pathProblem(path: string): string | undefined {
  if (path.includes("\0")) return "has a NUL character in its name";
  if (path.includes("\\")) return "has a backslash in its name, which leads elsewhere on Windows";
  if (path.startsWith("/") || /^[A-Za-z]:/u.test(path)) return "has an absolute name";
  const names = path.split("/");
  if (names.includes("..")) return "leads out of the archive";
  if (names.includes("") || names.includes(".")) return "has an empty name or a dot in its path";
  return undefined;
}
