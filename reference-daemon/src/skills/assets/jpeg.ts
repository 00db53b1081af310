import { problemIn } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Every segment from the start to the end of the image, a frame and a scan among them, and nothing behind. */
export function jpegProblem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    if (cursor.uint16() !== ((MARKER << 8) | START_OF_IMAGE)) return "has a broken structure";
    const seen = new Set<number>();
    for (let code = nextMarker(cursor); code !== END_OF_IMAGE; code = nextMarker(cursor)) {
      if (code === null || isStandalone(code)) return "has a broken structure";
      seen.add(code);
      const length = cursor.uint16();
      if (length < 2) return "has a broken structure";
      cursor.take(length - 2);
      if (code === START_OF_SCAN) skipScan(cursor);
    }
    if (![...seen].some(isFrame) || !seen.has(START_OF_SCAN)) return "holds no image";
    return cursor.left === 0 ? null : "goes on after its end";
  });
}

/** Any number of 0xFF may stand before the code. */
function nextMarker(cursor: ByteCursor): number | null {
  if (cursor.uint8() !== MARKER) return null;
  let code = cursor.uint8();
  while (code === MARKER) code = cursor.uint8();
  return code;
}

/** Image data ends at the first marker that is neither a stuffed zero nor a restart. */
function skipScan(cursor: ByteCursor): void {
  for (;;) {
    const marker = cursor.bytes.indexOf(MARKER, cursor.offset);
    if (marker < 0) cursor.take(cursor.left + 1);
    const code = cursor.bytes[marker + 1] ?? 0;
    const isData = code === 0 || (code >= 0xd0 && code <= 0xd7);
    cursor.offset = isData ? marker + 2 : marker;
    if (!isData) return;
  }
}

function isStandalone(code: number): boolean {
  return code <= 0x01 || (code >= 0xd0 && code <= START_OF_IMAGE);
}

function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
}
