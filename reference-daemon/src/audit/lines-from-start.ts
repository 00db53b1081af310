import type { AuditFile } from "./audit-file-system.ts";
import { LONGEST_LINE_BYTES } from "./event-line.ts";
import { readInto } from "./read-file.ts";

const CHUNK_BYTES = 65_536;
const LINE_FEED = 0x0a;

export interface FoundLine {
  /** Without its LF. */
  readonly bytes: Buffer;
  /** Whether an LF ended it. */
  readonly isWhole: boolean;
}

/** The lines of a file from its first, in bounded memory: one that is too long is given as far as it was read, and is the last. */
export async function* linesFromStart(file: AuditFile): AsyncGenerator<FoundLine, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for (let position = 0; ;) {
    const chunk = await readInto(file, Buffer.alloc(CHUNK_BYTES), position);
    if (chunk.length === 0) break;
    position += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      yield { bytes: Buffer.concat([held, chunk.subarray(from, end)]), isWhole: true };
      held = Buffer.alloc(0);
      from = end + 1;
    }
    held = Buffer.concat([held, chunk.subarray(from)]);
    if (held.length > LONGEST_LINE_BYTES) break;
  }
  if (held.length > 0) yield { bytes: held, isWhole: false };
}
