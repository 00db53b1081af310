/** A word of prose that a reader reads as a word: not a part of an address, a path, a name in backticks or a tag. */
const TOKEN = /[^\s]+/gu;
const PLAIN = /^[("'*_“]{0,3}[A-Za-z]{2,20}(?:['’-][A-Za-z]{1,12})?[.,;:!?)"'*_”]{0,3}$/u;

function isPlainWord(token: string): boolean {
  return PLAIN.test(token);
}

/** Whether words on either side of a gap may be moved apart: neither is part of code, a link or markup. */
export function isPlainLine(line: string): boolean {
  return !/[`<>|[\]]|^\s*#/u.test(line);
}

/** Rewrites each plain word that stands outside of backticks and tags. */
export function eachPlainWord(line: string, rewrite: (word: string) => string): string {
  return line
    .split(/(`[^`]*`|<[^>]*>|\]\([^)]*\))/u)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(TOKEN, (token) => (isPlainWord(token) ? rewrite(token) : token))))
    .join("");
}

/** Rewrites gaps of one space between two plain words. */
export function eachGap(line: string, rewrite: () => string): string {
  return line
    .split(/(`[^`]*`|<[^>]*>|\]\([^)]*\))/u)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replaceAll(/(?<=[A-Za-z,.;]) (?=[A-Za-z])/gu, (_gap, offset: number) => {
            const before = part.slice(0, offset).split(/\s/u).at(-1) ?? "";
            const after = part.slice(offset + 1).split(/\s/u)[0] ?? "";
            return isPlainWord(before) && isPlainWord(after) ? rewrite() : " ";
          }),
    )
    .join("");
}
