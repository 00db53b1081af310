import { problemIn } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
/** What would let a comment take part in a script that begins with the letters GIF89a. */
const SCRIPT_IN_COMMENT = /\*\/|`|<|[^\t\n\r\u0020-\u007E\u00A0-\u00FF]/u;

/** Every block to the trailer, an image among them, and nothing behind. */
export function gifProblem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    cursor.take(10);
    const flags = cursor.uint8();
    cursor.take(2);
    skipColourTable(cursor, flags);
    let images = 0;
    for (let block = cursor.uint8(); block !== TRAILER; block = cursor.uint8()) {
      if (block === IMAGE) {
        skipImage(cursor);
        images += 1;
      } else if (block === EXTENSION) {
        const label = cursor.uint8();
        const content = subBlocks(cursor);
        if (label === COMMENT && SCRIPT_IN_COMMENT.test(content)) return "holds a comment that could be part of a script";
      } else {
        return "has a broken structure";
      }
    }
    if (images === 0) return "holds no image";
    return cursor.left === 0 ? null : "goes on after its end";
  });
}

function skipImage(cursor: ByteCursor): void {
  cursor.take(8);
  skipColourTable(cursor, cursor.uint8());
  cursor.take(1);
  subBlocks(cursor);
}

/** The last three bits give the size, the first one says whether there is a table at all. */
function skipColourTable(cursor: ByteCursor, flags: number): void {
  if ((flags & 0x80) !== 0) cursor.take(3 * 2 ** ((flags & 0x07) + 1));
}

function subBlocks(cursor: ByteCursor): string {
  const parts: string[] = [];
  for (let length = cursor.uint8(); length > 0; length = cursor.uint8()) parts.push(cursor.text(length));
  return parts.join("");
}
