/**
 * Controls, the backslash, invisible and direction-changing characters, fillers, variation selectors, tags, private use: the
 * first and the last code point of each range. A closed list, because Unicode's own categories differ between versions of it
 * and so between languages.
 */
export const ESCAPED_RANGES: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f],
  [0x005c, 0x005c],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
  [0xf0000, 0x10ffff],
];

/**
 * File names are bytes; JSON strings are not. In every contract a path is written as UTF-8 text in which each byte that is
 * not part of valid UTF-8, and each byte of a character in {@link ESCAPED_RANGES}, stands as `\xNN` (two lower-case hex digits,
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

const mustEscape = new RegExp(
  `[${ESCAPED_RANGES.map(([first, last]) => `${escapeSequence(first)}-${escapeSequence(last)}`).join("")}]`,
  "u",
);

function escapeSequence(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}

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
