import { KeyFilter } from "./key-filter.ts";

/** A leak counts from this many characters in a row. */
const WINDOW = 12;

/** What twelve characters leave of a base64 text that does not depend on their neighbours, at the worst alignment. */
const BASE64_WINDOW = 15;

const REDACTED = "[redacted]";

/** Needles are found by their first characters; each has at least as many. */
const KEY_LENGTH = 6;

interface Needle {
  readonly text: string;
  readonly label: string;
  /** Where the needle stands in its encoded form, and that form: a hit counts once it reaches over `window` characters. */
  readonly offset: number;
  readonly encoded: string;
  readonly window: number;
  readonly form: string;
}

interface Hit {
  readonly needle: Needle;
  readonly start: number;
  readonly end: number;
}

export interface Leak {
  readonly label: string;
  /** `raw`, `hex`, `base64`. */
  readonly form: string;
}

/**
 * Looks for planted values: raw, as JSON and URLs write them, in hex with or without spaces or colons, and in base64 or base64url at any alignment. Any twelve
 * characters in a row are found, also where a channel was cut into chunks.
 */
export class CanaryScanner {
  /** By their first characters: a session sees the secrets of hundreds of cases, and one pass must find any of them. */
  readonly #needles = new Map<string, Needle[]>();
  readonly #keys = new KeyFilter(KEY_LENGTH);
  readonly #planted = new Set<string>();
  readonly #tails = new Map<string, string>();
  #longest = 0;

  plant(label: string, value: string): void {
    if (value.length < WINDOW || this.#planted.has(value)) return;
    this.#planted.add(value);
    const needles = formsOf(value).flatMap((form) => needlesOf(form, label));
    for (const needle of needles) {
      const key = needle.text.slice(0, KEY_LENGTH);
      this.#needles.set(key, [...(this.#needles.get(key) ?? []), needle]);
      this.#keys.add(key);
    }
    this.#longest = Math.max(this.#longest, ...needles.map((needle) => needle.encoded.length));
  }

  /** Whether one of the planted values shows in `chunk`, together with the end of what the channel brought before. */
  look(channel: string, chunk: string): Leak | undefined {
    const text = (this.#tails.get(channel) ?? "") + chunk;
    const leak = this.find(text);
    // A leak that was told is not told again with the next chunk.
    this.#tails.set(channel, leak ? "" : text.slice(-this.#longest));
    return leak;
  }

  find(text: string): Leak | undefined {
    const hit = this.#firstHit(text, 0);
    return hit && { label: hit.needle.label, form: hit.needle.form };
  }

  /** The text with every planted value replaced, whole or in part. */
  redact(text: string): string {
    let redacted = text;
    for (let hit = this.#firstHit(redacted, 0); hit; hit = this.#firstHit(redacted, hit.start + REDACTED.length)) {
      redacted = redacted.slice(0, hit.start) + REDACTED + redacted.slice(hit.end);
    }
    return redacted;
  }

  #firstHit(text: string, from: number): Hit | undefined {
    if (this.#needles.size === 0) return undefined;
    for (const at of this.#keys.candidates(text, from)) {
      for (const needle of this.#needles.get(text.slice(at, at + KEY_LENGTH)) ?? []) {
        if (!text.startsWith(needle.text, at)) continue;
        const [start, end] = reach(text, at, needle);
        if (end - start >= needle.window) return { needle, start: Math.max(start, from), end };
      }
    }
    return undefined;
  }
}

/** Half a window long and half a window apart, so that any whole window holds at least one of them. */
function needlesOf({ encoded, window, form }: Form, label: string): Needle[] {
  const length = Math.floor(window / 2);
  const starts = Array.from({ length: Math.floor(encoded.length / length) }, (_, index) => index * length);
  return starts.map((offset) => ({ text: encoded.slice(offset, offset + length), label, offset, encoded, window, form }));
}

interface Form {
  readonly encoded: string;
  readonly window: number;
  readonly form: string;
}

/** What a dump of bytes has between two of them. */
const HEX_SEPARATORS = ["", " ", ":"];

/** The ways in which a value may be written. Most values are letters and digits, which JSON and URLs leave alone. */
function formsOf(value: string): readonly Form[] {
  const plain = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  return [
    ...Array.from(plain, (encoded) => ({ encoded, window: WINDOW, form: "raw" })),
    ...HEX_SEPARATORS.flatMap((separator) => hexForms(value, separator)),
    ...[0, 1, 2].flatMap((shift) => base64Forms(value, shift)),
  ];
}

function hexForms(value: string, separator: string): readonly Form[] {
  const hex = Array.from(Buffer.from(value), (byte) => byte.toString(16).padStart(2, "0")).join(separator);
  const window = WINDOW * (2 + separator.length) - separator.length;
  return [hex, hex.toUpperCase()].map((encoded) => ({ encoded, window, form: "hex" }));
}

/** The characters of a base64 text that do not depend on what stands before and after the value. */
function base64Forms(value: string, shift: number): readonly Form[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const [first, last] = [Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  const alphabets = new Set([bytes.toString("base64").slice(first, last), bytes.toString("base64url").slice(first, last)]);
  return Array.from(alphabets, (encoded) => ({ encoded, window: BASE64_WINDOW, form: "base64" }));
}

/** How far the text around a hit goes on agreeing with the encoded value. */
function reach(text: string, at: number, needle: Needle): [number, number] {
  let start = at;
  for (let from = needle.offset; start > 0 && from > 0 && text[start - 1] === needle.encoded[from - 1]; start -= 1) from -= 1;
  let end = at + needle.text.length;
  for (
    let to = needle.offset + needle.text.length;
    end < text.length && to < needle.encoded.length && text[end] === needle.encoded[to];
    end += 1
  )
    to += 1;
  return [start, end];
}
