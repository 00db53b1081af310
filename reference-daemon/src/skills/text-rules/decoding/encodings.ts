import { alphabet, runsOf } from "./runs.ts";
import { decodedFrom } from "./decoded-text.ts";
import type { Decoded } from "./decoded-text.ts";
import { spacedBase64, spacedCodes } from "./spaced-codes.ts";
import type { SpellingSign } from "./spelling-signs.ts";

/** Something encoded that a text holds. */
export interface Encoded {
  readonly decoded: Decoded;
  /** Where it stands in the text that was looked at. */
  readonly start: number;
  readonly end: number;
  /** As in "behind base64". */
  readonly encoding: string;
}

const BASE64 = alphabet(/[A-Za-z0-9+/_-]/u);
const SHORTEST_RUN = 16;

/** Everything in the text that decodes to text or to a known type of file. Each kind takes time that is linear in the text. */
export function* encodedIn(text: string, signs: ReadonlySet<SpellingSign>): Generator<Encoded> {
  yield* encodedWords(text);
  if (text.includes("%")) yield* encodedBy(text, PERCENT, "percent signs", fromPercent);
  if (text.includes("&#")) yield* encodedBy(text, ENTITIES, "character references", fromEntities);
  if (signs.has("spaced")) yield* decodedRuns(spacedCodes(text), "codes with spaces between");
  if (signs.has("base64")) yield* decodedRuns(spacedBase64(text), "base64 in groups");
  if (!signs.has("codes")) return;
  yield* encodedBy(text, CODE_LIST, "character codes", fromCodes);
  yield* encodedBy(text, CODE_CALLS, "character codes", fromCodes);
}

/** Base64, base32 and hex, also where it goes on over several lines. */
function* encodedWords(text: string): Generator<Encoded> {
  let until = 0;
  for (const { start, end } of runsOf(text, BASE64, SHORTEST_RUN)) {
    if (start < until || !mayBeText(text, start)) continue;
    const run = wrappedRun(text, start, end);
    until = run.end;
    const found = decodedWord(run.word) ?? (run.wordBefore === null ? null : decodedWord(run.wordBefore));
    if (found) yield { ...found, start, end: run.end };
  }
}

const VALUE_OF = new Uint8Array(128);
for (const [value, digit] of Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").entries())
  VALUE_OF[digit.charCodeAt(0)] = value;
VALUE_OF["-".charCodeAt(0)] = 62;
VALUE_OF["_".charCodeAt(0)] = 63;
const HEX = /[0-9A-Fa-f]{16}/uy;
const BASE32_START = /[A-Z2-7]{16}/uy;

/** By the first three bytes alone, in each way to read them: most long words are ruled out by them. */
function mayBeText(text: string, start: number): boolean {
  HEX.lastIndex = start;
  BASE32_START.lastIndex = start;
  if (HEX.test(text) || BASE32_START.test(text)) return true;
  const [a, b, c, d] = [0, 1, 2, 3].map((index) => VALUE_OF[text.charCodeAt(start + index)] ?? 0) as [number, number, number, number];
  const first = (a << 2) | (b >> 4);
  const second = ((b & 15) << 4) | (c >> 2);
  const third = ((c & 3) << 6) | d;
  return isTextByte(first) && isTextByte(second) && isTextByte(third) ? true : isMagic(first, second);
}

function isTextByte(byte: number): boolean {
  return (
    byte >= 0xc2 ||
    (byte >= 0x80 && byte < 0xc0) ||
    (byte >= 0x20 && byte < 0x7f) ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0x09 ||
    byte === 0
  );
}

/** gzip, zlib, ELF, Mach-O, PE, ZIP, bzip2, xz, 7z and the like: what a text should not hold. */
function isMagic(first: number, second: number): boolean {
  return [
    0x1f8b, 0x7801, 0x785e, 0x789c, 0x78da, 0x7f45, 0x4d5a, 0x504b, 0x425a, 0xfd37, 0x377a, 0xcafe, 0xfeed, 0xcffa, 0xcefa, 0x0061, 0x5261,
  ].includes((first << 8) | second);
}

const LINE_BREAK = /={0,2}["'\\]{0,2}[ \t]{0,4}\+?\r?\n[ \t>#*"']{0,40}/uy;
/** Encoders break lines at 64 or 76, and people at less; a shorter line is the last one, or what closes the text. */
const SHORTEST_WRAPPED_LINE = 16;

interface WrappedRun {
  readonly word: string;
  /** Without its last line, which may be something else; null if there is only one. */
  readonly wordBefore: string | null;
  readonly end: number;
}

function wrappedRun(text: string, start: number, firstEnd: number): WrappedRun {
  let word = text.slice(start, firstEnd);
  let wordBefore: string | null = null;
  let end = firstEnd;
  let lineLength = firstEnd - start;
  while (lineLength >= SHORTEST_WRAPPED_LINE) {
    LINE_BREAK.lastIndex = end;
    const next = end + (LINE_BREAK.exec(text)?.[0].length ?? 0);
    if (next === end) break;
    let nextEnd = next;
    while (nextEnd < text.length && BASE64[text.charCodeAt(nextEnd)] === 1) nextEnd += 1;
    lineLength = nextEnd - next;
    if (lineLength === 0) break;
    wordBefore = word;
    word += text.slice(next, nextEnd);
    end = nextEnd;
  }
  return { word, wordBefore, end };
}

function decodedWord(word: string): Pick<Encoded, "decoded" | "encoding"> | null {
  if (word.length % 2 === 0 && /^[0-9A-Fa-f]+$/u.test(word)) return named(decodedFrom(Buffer.from(word, "hex")), "hex digits");
  return named(decodedFrom(Buffer.from(word, "base64")), "base64") ?? named(fromBase32(word), "base32");
}

function named(decoded: Decoded | null, encoding: string): Pick<Encoded, "decoded" | "encoding"> | null {
  return decoded === null ? null : { decoded, encoding };
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function fromBase32(word: string): Decoded | null {
  if (!/^[A-Z2-7]{24,}$/u.test(word)) return null;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const digit of word) {
    value = ((value << 5) | BASE32.indexOf(digit)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
  return decodedFrom(Buffer.from(bytes));
}

function* decodedRuns(
  runs: Iterable<{ readonly bytes: Buffer; readonly start: number; readonly end: number }>,
  encoding: string,
): Generator<Encoded> {
  for (const { bytes, start, end } of runs) {
    const decoded = decodedFrom(bytes);
    if (decoded) yield { decoded, start, end, encoding };
  }
}

const PERCENT = /(?:%[0-9A-Fa-f]{2}[\w.~:/-]{0,8}){4,2000}/gu;
const ENTITIES = /(?:&#(?:x[0-9A-Fa-f]{1,5}|\d{1,6});[\w ./:-]{0,6}){4,2000}/gu;
const CODE_LIST = /(?:0x[0-9A-Fa-f]{2}|\d{2,3})(?:[ \t\r\n]{0,8}[,;][ \t\r\n]{0,8}(?:0x[0-9A-Fa-f]{2}|\d{2,3})){6,4000}/gu;
const CODE_CALLS =
  /(?:chr[ \t]{0,2}\(|char\(|\[char\][ \t]{0,2}\(?|fromcharcode\()[ \t]{0,4}(?:0x[0-9a-f]{2}|\d{2,3})[ \t]{0,4}\)?(?:[ \t\r\n]{0,8}[+.&,][ \t\r\n]{0,8}(?:chr[ \t]{0,2}\(|char\(|\[char\][ \t]{0,2}\(?|string\.fromcharcode\()[ \t]{0,4}(?:0x[0-9a-f]{2}|\d{2,3})[ \t]{0,4}\)?){3,2000}/giu;

function* encodedBy(text: string, pattern: RegExp, encoding: string, decode: (found: string) => Buffer | null): Generator<Encoded> {
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const bytes = decode(found);
    const decoded = bytes === null ? null : decodedFrom(bytes);
    if (decoded) yield { decoded, start: index, end: index + found.length, encoding };
  }
}

function fromPercent(found: string): Buffer {
  return Buffer.from(
    found.replaceAll(/%([0-9A-Fa-f]{2})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  );
}

function fromEntities(found: string): Buffer {
  const decoded = found.replaceAll(/&#(x?)([0-9A-Fa-f]+);/giu, (whole, hex: string, digits: string) => {
    const code = Number.parseInt(digits, hex === "" ? 10 : 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  return Buffer.from(decoded, "utf8");
}

function fromCodes(found: string): Buffer | null {
  const codes = [...found.matchAll(/0x[0-9a-f]{2}|\d{2,3}/giu)].map(([code]) => Number(code));
  return codes.every((code) => code < 256) ? Buffer.from(codes) : null;
}
