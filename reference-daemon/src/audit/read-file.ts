import type { AuditFile } from "./audit-file-system.ts";

/** Fills `target` from `position`, or as much of it as the file has. */
export async function readInto(file: AuditFile, target: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < target.length) {
    const count = await file.read(target.subarray(filled), position + filled);
    if (count === 0) break;
    filled += count;
  }
  return target.subarray(0, filled);
}

/** A small file as a whole; undefined where it is larger than `most` bytes. */
export async function readSmall(file: AuditFile, most: number): Promise<Buffer | undefined> {
  const content = await readInto(file, Buffer.alloc(most + 1), 0);
  return content.length > most ? undefined : content;
}
