import type { Limits } from "@flynn/sdk/skill-scanner";

import { InstallRefusal } from "./install-outcome.ts";
import type { ArchiveEntry } from "./archive-entry.ts";

/** A skill is text, which deflate makes a tenth of; what unpacks to a hundred times its size is there to fill a disk. */
const MOST_RATIO = 100;
/** Names and headers of an archive, beside the files in it. */
const MOST_OVERHEAD_BYTES = 1_048_576;

/** What an archive may be unpacked to, before a scan looks at it closely: the limits of that scan, and one folder around the skill. */
export class ArchiveBounds {
  readonly #limits: Limits;
  readonly #archiveBytes: number;
  readonly #kinds = new Map<string, "file" | "directory">();
  readonly #named = new Set<string>();
  #files = 0;
  #directories = 0;
  #bytes = 0;

  constructor(limits: Limits, archiveBytes: number) {
    this.#limits = limits;
    this.#archiveBytes = archiveBytes;
    const most = limits.totalBytes + MOST_OVERHEAD_BYTES;
    if (archiveBytes > most) throw unsafe(`It is larger than ${most} bytes`);
  }

  /** Takes an entry into account before a byte of it is unpacked. Throws an {@link InstallRefusal} for one that is too much. */
  take({ path, kind, entry }: ArchiveEntry, shown: string): void {
    const { files, directories, depth, fileBytes, totalBytes } = this.#limits;
    if (this.#named.has(path)) throw unsafe(`${shown} is in it twice`);
    this.#named.add(path);
    const names = path.split("/");
    if (names.length > depth + 1) throw unsafe(`${shown} lies deeper than ${depth} levels`);
    for (let level = 1; level < names.length; level += 1) this.#put(names.slice(0, level).join("/"), "directory", shown);
    this.#put(path, kind, shown);
    if (this.#files > files) throw unsafe(`It holds more than ${files} files`);
    if (this.#directories > directories + 1) throw unsafe(`It holds more than ${directories} folders`);
    if (entry.uncompressedSize > fileBytes) throw unsafe(`${shown} is larger than ${fileBytes} bytes`);
    this.#bytes += entry.uncompressedSize;
    if (this.#bytes > totalBytes) throw unsafe(`Its files together are larger than ${totalBytes} bytes`);
    if (this.#bytes > this.#archiveBytes * MOST_RATIO) throw unsafe(`It unpacks to more than ${MOST_RATIO} times its own size`);
  }

  /** All folders, those that are only part of a path too, the outer ones first. */
  get folders(): string[] {
    return [...this.#kinds].flatMap(([path, kind]) => (kind === "directory" ? [path] : [])).toSorted((a, b) => a.length - b.length);
  }

  #put(path: string, kind: "file" | "directory", shown: string): void {
    const before = this.#kinds.get(path);
    if (before === kind && kind === "directory") return;
    if (before !== undefined) throw unsafe(`${shown} is a file and a folder at once`);
    this.#kinds.set(path, kind);
    if (kind === "file") this.#files += 1;
    else this.#directories += 1;
  }
}

export function unsafe(what: string): InstallRefusal {
  return new InstallRefusal("UNSAFE_ARCHIVE", `The archive is not unpacked: ${what}. Pack the skill's folder anew, and nothing else.`);
}
