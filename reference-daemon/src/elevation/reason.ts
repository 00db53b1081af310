const SHORTEST = 3;
const LONGEST = 200;

/** Controls, separators of lines and paragraphs, format characters (zero width, direction, tags) and lone surrogates. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u3164\uFFA0]/u;

/** The reason as it is kept, in NFC, or undefined where it cannot be taken. Nothing is stripped from it but outer white space. */
export function acceptedReason(reason: string): string | undefined {
  const kept = reason.trim().normalize("NFC");
  const { length } = Array.from(kept);
  // Looked for in the whole text: white space at the ends may be a line feed.
  return length < SHORTEST || length > LONGEST || FORBIDDEN.test(reason) ? undefined : kept;
}
