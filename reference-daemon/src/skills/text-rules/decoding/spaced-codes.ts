/** Bytes written one by one with a space or a sign between: in hex, in decimal or in binary. */
interface SpacedCodes {
  readonly pattern: RegExp;
  readonly digit: RegExp;
  readonly radix: number;
}

const KINDS: readonly SpacedCodes[] = [
  { pattern: /(?<!\w)(?:[01]{8}[ \t\r\n,;|]{1,3}){5,4000}[01]{8}(?!\w)/gu, digit: /[01]{8}/gu, radix: 2 },
  { pattern: /(?<!\w)(?:[0-9A-Fa-f]{2}[ \t\r\n,;:|-]{1,2}){8,4000}[0-9A-Fa-f]{2}(?!\w)/gu, digit: /[0-9A-Fa-f]{2}/gu, radix: 16 },
  { pattern: /(?<!\w)(?:\d{2,3}[ \t\r\n,;|]{1,2}){8,4000}\d{2,3}(?!\w)/gu, digit: /\d{2,3}/gu, radix: 10 },
];

export function* spacedCodes(text: string): Generator<{ readonly bytes: Buffer; readonly start: number; readonly end: number }> {
  for (const { pattern, digit, radix } of KINDS) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      const codes = Array.from(found.matchAll(digit), ([code]) => Number.parseInt(code, radix));
      if (codes.every((code) => code < 256)) yield { bytes: Buffer.from(codes), start: index, end: index + found.length };
    }
  }
}

const SPACED_WORDS = /(?<![\w+/=])(?:[A-Za-z0-9+/]{2,12}[ \t]{1,2}){5,2000}[A-Za-z0-9+/]{1,12}={0,2}(?![\w+/])/gu;
const LETTER_AND_DIGIT = /[a-z][A-Z]|\d[a-z]|[A-Z]{2}[a-z]\w*\d/u;

/** Base64 in groups with spaces between. Most rows of words are that: what is no text in the end is dropped by who decodes it. */
export function* spacedBase64(text: string): Generator<{ readonly bytes: Buffer; readonly start: number; readonly end: number }> {
  for (const { 0: found, index } of text.matchAll(SPACED_WORDS)) {
    const groups = found.trim().split(/[ \t]+/u);
    const sizes = new Set(groups.slice(0, -1).map((group) => group.length));
    if (sizes.size > 1 || !LETTER_AND_DIGIT.test(found)) continue;
    yield { bytes: Buffer.from(groups.join(""), "base64"), start: index, end: index + found.length };
  }
}
