import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import type { Limits } from "@flynn/sdk/skill-scanner";
import { fromFd } from "yauzl";
import type { Entry, ZipFile } from "yauzl";

import { printable } from "../../text/printable.ts";
import { archiveEntry } from "./archive-entry.ts";
import type { ArchiveEntry } from "./archive-entry.ts";
import { ArchiveBounds, unsafe } from "./archive-bounds.ts";
import { systemCode } from "./install-files.ts";
import type { InstallFiles } from "./install-files.ts";
import { InstallRefusal } from "./install-outcome.ts";

export interface UnpackOptions {
  readonly limits: Limits;
  readonly files: InstallFiles;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Unpacks a zip file into a folder that it makes. All names, kinds and sizes are looked at before the first byte is unpacked; then
 * one file at a time is in memory. Throws an {@link InstallRefusal} for an archive that is not unpacked, and what the system says.
 */
export async function unpackArchive(archive: string, into: string, options: UnpackOptions): Promise<void> {
  const file = await openArchive(archive);
  try {
    const { size } = await file.stat();
    const bounds = new ArchiveBounds(options.limits, size);
    const zip = await zipIn(file);
    const entries = await entriesOf(zip, bounds, options.signal);
    await options.files.makeFolder(into);
    for (const folder of bounds.folders) await options.files.makeFolder(join(into, folder));
    for (const entry of entries) {
      options.signal?.throwIfAborted();
      if (entry.kind === "directory") continue;
      await options.files.write(join(into, entry.path), await bytesOf(zip, entry), entry.isExecutable ? 0o755 : 0o644);
    }
  } finally {
    await file.close();
  }
}

async function openArchive(archive: string): Promise<FileHandle> {
  try {
    return await open(archive, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new InstallRefusal("UNREADABLE", `The archive cannot be read (${code}). Name a zip file that you may read.`);
  }
}

async function zipIn({ fd }: FileHandle): Promise<ZipFile> {
  return await new Promise((resolve, reject) => {
    fromFd(fd, { autoClose: false, lazyEntries: true, decodeStrings: false }, (error, zip) => {
      if (error)
        reject(new InstallRefusal("UNREADABLE", `It is no zip file that can be read. ${sentence(error)} Name a folder or a zip file.`));
      else resolve(zip);
    });
  });
}

async function entriesOf(zip: ZipFile, bounds: ArchiveBounds, signal: AbortSignal | undefined): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for await (const raw of listed(zip)) {
    signal?.throwIfAborted();
    const entry = archiveEntry(raw);
    if (typeof entry === "string") throw unsafe(entry);
    bounds.take(entry, printable(entry.path));
    entries.push(entry);
  }
  return entries;
}

async function* listed(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw damaged(error);
  }
}

/** No more than the entry says that it holds, which is within the bounds. */
async function bytesOf(zip: ZipFile, { path, entry }: ArchiveEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch (error) {
    throw damaged(error);
  }
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw unsafe(`${printable(path)} is damaged: its checksum is another one`);
  return bytes;
}

function damaged(error: unknown): unknown {
  if (error instanceof InstallRefusal || !(error instanceof Error)) return error;
  return unsafe(`It is damaged: ${printable(error.message)}`);
}

function sentence({ message }: Error): string {
  return `${printable(message).replace(/\.$/u, "")}.`;
}
