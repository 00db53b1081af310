/**
 * File names are bytes; JSON strings are not. In every contract a path is written as UTF-8 text in which each byte that is
 * not part of valid UTF-8, and each byte of a character in the closed list below, stands as `\xNN` (two lower-case hex digits,
 * one escape a byte). The separator is `/`.
 */
export function escapePath(bytes: Uint8Array): string {
  let escaped = "";
  for (let offset = 0; offset < bytes.length;) {
    const length = sequenceLength(bytes, offset);
    const sequence = bytes.subarray(offset, offset + Math.max(length, 1));
    const text = length === 0 ? "" : Buffer.from(sequence).toString("utf8");
    escaped += length === 0 || mustEscape.test(text) ? hexEscapes(sequence) : text;
    offset += sequence.length;
  }
  return escaped;
}

/** The bytes of a path written by {@link escapePath}. */
export function unescapePath(path: string): Uint8Array {
  const parts = path.split(/(\\x[0-9a-f]{2})/u);
  return Buffer.concat(parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(2), "hex") : Buffer.from(part, "utf8"))));
}

/**
 * Controls, the backslash, invisible and direction-changing characters, fillers, variation selectors, tags, private use.
 * A closed list, because Unicode's own categories differ between versions of it and so between languages.
 */
const mustEscape =
  /[\u0000-\u001F\\\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}]/u;

function hexEscapes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}

/** The length of the valid UTF-8 sequence at `offset`, or 0 where there is none. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0 || offset + length > bytes.length) return 0;
  const text = Buffer.from(bytes.subarray(offset, offset + length)).toString("utf8");
  return text.includes("\uFFFD") && !isReplacementCharacter(bytes, offset) ? 0 : length;
}

function isReplacementCharacter(bytes: Uint8Array, offset: number): boolean {
  return bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
}
