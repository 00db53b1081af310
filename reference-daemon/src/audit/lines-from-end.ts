import type { AuditFile } from "./audit-file-system.ts";
import { LONGEST_LINE_BYTES } from "./event-line.ts";
import type { FoundLine } from "./lines-from-start.ts";
import { readInto } from "./read-file.ts";

const CHUNK_BYTES = 65_536;
const LINE_FEED = 0x0a;

/** The lines of a file of `size` bytes from its last, in bounded memory: one that is too long is given in part, and is the last. */
export async function* linesFromEnd(file: AuditFile, size: number): AsyncGenerator<FoundLine, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  let isWhole = false;
  for (let position = size; position > 0;) {
    const length = Math.min(CHUNK_BYTES, position);
    position -= length;
    held = Buffer.concat([await readInto(file, Buffer.alloc(length), position), held]);
    for (let before = held.lastIndexOf(LINE_FEED); before !== -1; before = held.lastIndexOf(LINE_FEED)) {
      const bytes = held.subarray(before + 1);
      if (isWhole || bytes.length > 0) yield { bytes, isWhole };
      isWhole = true;
      held = held.subarray(0, before);
    }
    if (held.length > LONGEST_LINE_BYTES) break;
  }
  if (isWhole || held.length > 0) yield { bytes: held, isWhole };
}
