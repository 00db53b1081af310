import { problemIn } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

const HEADER_BYTES = 48;
const ANY_TAG = 63;
const GLYF = 10;
const LOCA = 11;
const COLLECTION = 0x74746366;

/** Header, table directory, compressed tables, and at most a block of metadata, with nothing but padding between them. */
export function woff2Problem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    if (bytes.length < HEADER_BYTES) return "is cut short";
    const length = bytes.readUInt32BE(8);
    if (length > bytes.length) return "is cut short";
    if (length < bytes.length) return "goes on after its end";
    if (bytes.readUInt32BE(4) === COLLECTION) return "is a collection of fonts, which is not checked";
    const tables = bytes.readUInt16BE(12);
    if (tables === 0) return "holds no tables";
    cursor.take(HEADER_BYTES);
    for (let index = 0; index < tables; index += 1) skipTableEntry(cursor);
    cursor.take(bytes.readUInt32BE(20));
    return tailProblem(bytes, cursor.offset);
  });
}

function skipTableEntry(cursor: ByteCursor): void {
  const flags = cursor.uint8();
  const tag = flags & 0x3f;
  if (tag === ANY_TAG) cursor.take(4);
  skipBase128(cursor);
  const version = flags >> 6;
  const isTransformed = tag === GLYF || tag === LOCA ? version === 0 : version !== 0;
  if (isTransformed) skipBase128(cursor);
}

/** Seven bits a byte, five bytes at most; the first bit says that there is another. */
function skipBase128(cursor: ByteCursor): void {
  for (let count = 0; count < 5; count += 1) {
    if (cursor.uint8() < 0x80) return;
  }
}

/** Private data is the format's own place for anything at all, so it is not accepted. */
function tailProblem(bytes: Buffer, fontEnd: number): string | null {
  const metadataStart = bytes.readUInt32BE(28);
  const metadataEnd = metadataStart + bytes.readUInt32BE(32);
  const hasPrivateData = bytes.readUInt32BE(40) !== 0 || bytes.readUInt32BE(44) !== 0;
  if (hasPrivateData) return "holds private data";
  if (metadataEnd === 0) return isPadding(bytes, fontEnd, bytes.length) ? null : "goes on after its end";
  if (!isPadding(bytes, fontEnd, metadataStart)) return "holds data outside of its tables";
  return metadataEnd === bytes.length ? null : "goes on after its end";
}

function isPadding(bytes: Buffer, start: number, end: number): boolean {
  return end >= start && end - start < 4 && bytes.subarray(start, end).every((byte) => byte === 0);
}
