/** A leak counts from this many characters in a row. */
const WINDOW = 12;

/** What twelve characters leave of a base64 text that does not depend on their neighbours, at the worst alignment. */
const BASE64_WINDOW = 15;

const REDACTED = "[redacted]";

interface Needle {
  readonly text: string;
  /** Where the needle stands in its encoded form, and that form: a hit counts once it reaches over `window` characters. */
  readonly offset: number;
  readonly encoded: string;
  readonly window: number;
  readonly form: string;
}

export interface Leak {
  readonly label: string;
  /** `raw`, `hex`, `base64`. */
  readonly form: string;
}

/**
 * Looks for planted values: raw, as JSON and URLs write them, in hex, and in base64 or base64url at any alignment. Any twelve
 * characters in a row are found, also where a channel was cut into chunks.
 */
export class CanaryScanner {
  readonly #needles = new Map<string, readonly Needle[]>();
  readonly #tails = new Map<string, string>();
  #longest = 0;

  plant(label: string, value: string): void {
    if (value.length < WINDOW) return;
    const needles = formsOf(value).flatMap(({ encoded, window, form }) => needlesOf(encoded, window, form));
    this.#needles.set(`${label}\0${value}`, needles);
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
    for (const [key, needles] of this.#needles) {
      const hit = needles.find((needle) => holds(text, needle));
      if (hit) return { label: key.slice(0, key.indexOf("\0")), form: hit.form };
    }
    return undefined;
  }

  /** The text with every planted value replaced, whole or in part. */
  redact(text: string): string {
    let redacted = text;
    for (const needles of this.#needles.values()) {
      for (const needle of needles) {
        for (let at = redacted.indexOf(needle.text); at !== -1;) {
          const [start, end] = reach(redacted, at, needle);
          const isLeak = end - start >= needle.window;
          if (isLeak) redacted = redacted.slice(0, start) + REDACTED + redacted.slice(end);
          at = redacted.indexOf(needle.text, isLeak ? start + REDACTED.length : at + 1);
        }
      }
    }
    return redacted;
  }
}

/** Half a window long and half a window apart, so that any whole window holds at least one of them. */
function needlesOf(encoded: string, window: number, form: string): Needle[] {
  const length = Math.floor(window / 2);
  const starts = Array.from({ length: Math.floor(encoded.length / length) }, (_, index) => index * length);
  return starts.map((offset) => ({ text: encoded.slice(offset, offset + length), offset, encoded, window, form }));
}

interface Form {
  readonly encoded: string;
  readonly window: number;
  readonly form: string;
}

/** The ways in which a value may be written. Most values are letters and digits, which JSON and URLs leave alone. */
function formsOf(value: string): readonly Form[] {
  const hex = Buffer.from(value).toString("hex");
  const plain = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  return [
    ...Array.from(plain, (encoded) => ({ encoded, window: WINDOW, form: "raw" })),
    ...[hex, hex.toUpperCase()].map((encoded) => ({ encoded, window: WINDOW * 2, form: "hex" })),
    ...[0, 1, 2].flatMap((shift) => base64Forms(value, shift)),
  ];
}

/** The characters of a base64 text that do not depend on what stands before and after the value. */
function base64Forms(value: string, shift: number): readonly Form[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const [first, last] = [Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  const alphabets = new Set([bytes.toString("base64").slice(first, last), bytes.toString("base64url").slice(first, last)]);
  return Array.from(alphabets, (encoded) => ({ encoded, window: BASE64_WINDOW, form: "base64" }));
}

function holds(text: string, needle: Needle): boolean {
  for (let at = text.indexOf(needle.text); at !== -1; at = text.indexOf(needle.text, at + 1)) {
    const [start, end] = reach(text, at, needle);
    if (end - start >= needle.window) return true;
  }
  return false;
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
