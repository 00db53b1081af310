/** A leak counts from this many characters in a row. */
const WINDOW = 12;

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
 * Looks for planted values: raw, in JSON, in URLs (the values are letters and digits, which both leave alone), in hex and in
 * base64 or base64url at any alignment. Any twelve characters in a row are found, also where a channel was cut into chunks.
 */
export class CanaryScanner {
  readonly #needles = new Map<string, readonly Needle[]>();
  readonly #tails = new Map<string, string>();
  #longest = 0;

  plant(label: string, value: string): void {
    if (value.length < WINDOW) return;
    const needles = [
      ...needlesOf(value, WINDOW, "raw"),
      ...needlesOf(Buffer.from(value).toString("hex"), WINDOW * 2, "hex"),
      ...needlesOf(Buffer.from(value).toString("hex").toUpperCase(), WINDOW * 2, "hex"),
      ...[0, 1, 2].flatMap((shift) => base64Forms(value, shift)),
    ];
    this.#needles.set(`${label}\0${value}`, needles);
    this.#longest = Math.max(this.#longest, value.length * 2);
  }

  /** Whether one of the planted values shows in `chunk`, together with the end of what the channel brought before. */
  look(channel: string, chunk: string): Leak | undefined {
    const text = (this.#tails.get(channel) ?? "") + chunk;
    this.#tails.set(channel, text.slice(-this.#longest));
    return this.find(text);
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
        for (let at = redacted.indexOf(needle.text); at !== -1; at = redacted.indexOf(needle.text)) {
          const [start, end] = reach(redacted, at, needle);
          if (end - start < needle.window) break;
          redacted = `${redacted.slice(0, start)}[redacted]${redacted.slice(end)}`;
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

/** The characters of a base64 text that do not depend on what stands before and after the value. */
function base64Forms(value: string, shift: number): Needle[] {
  const whole = Buffer.from("\0".repeat(shift) + value).toString("base64");
  const stable = whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + value.length) * 8) / 6));
  return needlesOf(stable, Math.ceil((WINDOW * 4) / 3), "base64");
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
