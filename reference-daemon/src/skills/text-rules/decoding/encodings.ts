import { alphabet, runsOf } from "./runs.ts";
import { decodedFrom } from "./decoded-text.ts";
import type { Decoded } from "./decoded-text.ts";
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
  if (!signs.has("codes")) return;
  yield* encodedBy(text, CODE_LIST, "character codes", fromCodes);
  yield* encodedBy(text, CODE_CALLS, "character codes", fromCodes);
}

/** Base64, base32 and hex, also where it goes on over several lines. */
function* encodedWords(text: string): Generator<Encoded> {
  let until = 0;
  for (const { start, end } of runsOf(text, BASE64, SHORTEST_RUN)) {
    if (start < until) continue;
    const run = wrappedRun(text, start, end);
    until = run.end;
    const found = decodedWord(run.word);
    if (found) yield { ...found, start, end: run.end };
  }
}

const LINE_BREAK = /={0,2}["'\\]{0,2}[ \t]{0,4}\+?\r?\n[ \t>#*"']{0,40}/uy;
/** Encoders break lines at 64 or 76; a shorter line is the last one. */
const SHORTEST_WRAPPED_LINE = 40;

function wrappedRun(text: string, start: number, firstEnd: number): { readonly word: string; readonly end: number } {
  let word = text.slice(start, firstEnd);
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
    word += text.slice(next, nextEnd);
    end = nextEnd;
  }
  return { word, end };
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
