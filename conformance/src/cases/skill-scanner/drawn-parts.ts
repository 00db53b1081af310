/** As many characters in a row as count for a leak. */
const WINDOW = 12;

/**
 * What of a credential is its own, as parts of at least twelve characters: what another one of its kind has too is the format,
 * which everybody knows.
 */
export function drawnParts(value: string, other: string): readonly string[] {
  const isPublic = Array.from(value, () => false);
  const mark = (start: number, end: number): void => void isPublic.fill(true, start, end);
  mark(0, sharedStart(value, other));
  mark(value.length - sharedStart(reversed(value), reversed(other)), value.length);
  for (let start = 0; start + WINDOW <= value.length; start += 1) {
    if (other.includes(value.slice(start, start + WINDOW))) mark(start, start + WINDOW);
  }
  const kept = Array.from(value, (character, index) => (isPublic[index] === true ? "\0" : character)).join("");
  return kept.split("\0").filter((part) => part.length >= WINDOW);
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function reversed(text: string): string {
  return text.split("").toReversed().join("");
}
