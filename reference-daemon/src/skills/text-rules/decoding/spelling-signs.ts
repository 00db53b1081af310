/** Ways to write a text that the text itself gives away, because something has to read it. */
export type SpellingSign = "rot13" | "reversed" | "codes";

const WORDS: Readonly<Record<SpellingSign, readonly string[]>> = {
  rot13: ["rot13", "rot_13", "rot-13", "rot 13", "n-za-m", "nopqrstuvwxyzabcdefghijklm"],
  reversed: [
    "[::-1]",
    ".reverse()",
    "reversed(",
    "strrev",
    "|rev",
    "| rev",
    "reverse(",
    "in reverse",
    "backwards",
    "reverse the ",
    "reverse this",
    "read backward",
    "[-1..",
  ],
  codes: ["charcode", "bytes(", "byte[", "bytearray", "chr", "[char", "char(", "uint8array", "buffer.from", "ascii"],
};

export const SPELLING_SIGNS: ReadonlyMap<string, SpellingSign> = new Map(
  Object.entries(WORDS).flatMap(([sign, words]) => words.map((word) => [word, sign as SpellingSign])),
);
