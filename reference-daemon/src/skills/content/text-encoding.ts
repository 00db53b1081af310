import { isUtf8 } from "node:buffer";

/** How the bytes of a file are text, if they are. */
export type TextEncoding = "utf-8" | "utf-16" | "utf-32";

/**
 * The encoding in which the whole file is text without a NUL character, or null. Only a byte order mark makes it UTF-16 or
 * UTF-32; without one, such a text is bytes with NULs among them.
 */
export function textEncoding(bytes: Buffer): TextEncoding | null {
  if (isUtf32Text(bytes)) return "utf-32";
  if (isUtf16Text(bytes)) return "utf-16";
  return !bytes.includes(0) && isUtf8(bytes) ? "utf-8" : null;
}

/** Whether no byte is a control character that text does not have: true for any encoding that grew out of ASCII. */
export function isTextLike(bytes: Buffer): boolean {
  return !bytes.some(isBinaryControl);
}

/** Backspace to carriage return are used in text, and escape in logs of terminals. */
function isBinaryControl(byte: number): boolean {
  return byte < 0x08 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f;
}

function isUtf16Text(bytes: Buffer): boolean {
  const isLittleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (bytes.length % 2 !== 0 || !(isLittleEndian || isBigEndian)) return false;
  const text = (isLittleEndian ? bytes : Buffer.from(bytes).swap16()).toString("utf16le", 2);
  return text.isWellFormed() && !text.includes("\0");
}

function isUtf32Text(bytes: Buffer): boolean {
  const isLittleEndian = bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfeff;
  const isBigEndian = bytes.length >= 4 && bytes.readUInt32BE(0) === 0xfeff;
  if (bytes.length % 4 !== 0 || !(isLittleEndian || isBigEndian)) return false;
  for (let offset = 4; offset < bytes.length; offset += 4) {
    const codePoint = isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
    const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
    if (!isCharacter) return false;
  }
  return true;
}
