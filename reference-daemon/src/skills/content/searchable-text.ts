import { isAscii, isUtf8 } from "node:buffer";

import type { TextEncoding } from "./text-encoding.ts";
import { isTextLike } from "./text-encoding.ts";

export interface SearchableText {
  readonly text: string;
  readonly isAscii: boolean;
}

/**
 * What rules about texts look at: the text of a file in whatever encoding it is. Bytes that are no valid text are taken one by
 * one, because a program may read them so. Null for what is not text at all.
 */
export function searchableText(bytes: Buffer, encoding: TextEncoding | null): SearchableText | null {
  if (encoding === "utf-8")
    return isAscii(bytes) ? { text: bytes.toString("latin1"), isAscii: true } : { text: bytes.toString("utf8"), isAscii: false };
  if (encoding === "utf-16") return { text: fromUtf16(bytes), isAscii: false };
  if (encoding === "utf-32") return { text: fromUtf32(bytes), isAscii: false };
  const withoutNul = bytes.includes(0) ? withoutNuls(bytes) : bytes;
  if (withoutNul === null) return null;
  if (isUtf8(withoutNul) && isTextLike(withoutNul)) return { text: withoutNul.toString("utf8"), isAscii: isAscii(withoutNul) };
  return isTextLike(bytes) ? { text: bytes.toString("latin1"), isAscii: false } : null;
}

const MOST_NULS = 256;

/** A text with a few NULs in it; null for what has so many that it is none. */
function withoutNuls(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  let start = 0;
  for (let nul = bytes.indexOf(0); nul >= 0; nul = bytes.indexOf(0, start)) {
    if (parts.length === MOST_NULS) return null;
    parts.push(bytes.subarray(start, nul));
    start = nul + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(start)]);
}

function fromUtf16(bytes: Buffer): string {
  const isLittleEndian = bytes[0] === 0xff;
  return (isLittleEndian ? bytes : Buffer.from(bytes).swap16()).toString("utf16le", 2);
}

function fromUtf32(bytes: Buffer): string {
  const isLittleEndian = bytes[0] === 0xff;
  const characters: string[] = [];
  for (let offset = 4; offset < bytes.length; offset += 4) {
    characters.push(String.fromCodePoint(isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)));
  }
  return characters.join("");
}
