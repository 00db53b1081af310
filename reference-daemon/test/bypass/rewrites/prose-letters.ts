import { eachPlainWord } from "../plain-words.ts";
import { lineRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

const PROSE = ["prose", "front-matter"] as const;

const CYRILLIC: Readonly<Record<string, string>> = {
  a: "\u0430",
  e: "\u0435",
  o: "\u043E",
  p: "\u0440",
  c: "\u0441",
  i: "\u0456",
  x: "\u0445",
};
const GREEK: Readonly<Record<string, string>> = { o: "\u03BF", i: "\u03B9", v: "\u03BD", a: "\u03B1", t: "\u03C4" };
const DIGITS: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };
const INVISIBLE = ["\u200B", "\u200C", "\u200D", "\u2060", "\u00AD", "\uFEFF", "\u034F", "\u180E", "\u2063"];
const MARKS = ["\u0301", "\u0323", "\u0336", "\u0331"];
const REFERENCE = [
  (letter: string): string => `&#${letter.codePointAt(0)};`,
  (letter: string): string => `&#x${letter.codePointAt(0)?.toString(16)};`,
  (letter: string): string => `&#0${letter.codePointAt(0)};`,
];

/** How letters of prose may be written so that a person or a model still reads the word. */
export const proseLetterRewrites: readonly Rewrite[] = [
  lineRewrite("case", "in capitals, or each word with one, or at random", PROSE, (line, choices) => {
    const way = choices.integer(3);
    return eachPlainWord(line, (word) => {
      if (way === 0) return word.toUpperCase();
      if (way === 1) return word.slice(0, 1).toUpperCase() + word.slice(1);
      return Array.from(word)
        .map((letter) => (choices.isChosen(0.5) ? letter.toUpperCase() : letter.toLowerCase()))
        .join("");
    });
  }),
  lineRewrite("zero-width", "an invisible character inside of words", PROSE, (line, choices) => {
    const character = choices.pick(INVISIBLE);
    return eachPlainWord(line, (word) => inside(word, choices.integer(20), character));
  }),
  lineRewrite("zero-width-once", "an invisible character inside of one word of each line", PROSE, (line, choices) => {
    const character = choices.pick(INVISIBLE);
    let index = choices.integer(6);
    return eachPlainWord(line, (word) => (index-- === 0 ? inside(word, choices.integer(20), character) : word));
  }),
  lineRewrite("homoglyph-cyrillic", "Cyrillic letters that look like Latin ones", PROSE, (line) => replaced(line, CYRILLIC)),
  lineRewrite("homoglyph-greek", "Greek letters that look like Latin ones", PROSE, (line) => replaced(line, GREEK)),
  lineRewrite("homoglyph-once", "one Cyrillic letter in each word", PROSE, (line) =>
    eachPlainWord(line, (word) => {
      const at = Array.from(word).findIndex((letter) => letter in CYRILLIC);
      return at < 0 ? word : word.slice(0, at) + (CYRILLIC[word[at] ?? ""] ?? "") + word.slice(at + 1);
    }),
  ),
  lineRewrite("full-width", "letters of double width", PROSE, (line) => shifted(line, 0xff21, 0xff41)),
  lineRewrite("mathematical", "bold or italic letters for mathematics", PROSE, (line, choices) =>
    choices.isChosen(0.5) ? shifted(line, 0x1d400, 0x1d41a) : shifted(line, 0x1d5d4, 0x1d5ee),
  ),
  lineRewrite("circled", "letters in circles", PROSE, (line) => shifted(line, 0x24b6, 0x24d0)),
  lineRewrite("marks", "marks above and below letters", PROSE, (line, choices) => {
    const mark = choices.pick(MARKS);
    return eachPlainWord(line, (word) => word.replaceAll(/[aeiou]/giu, (letter) => `${letter}${mark}`));
  }),
  lineRewrite("leetspeak", "digits for letters", PROSE, (line) => replaced(line, DIGITS)),
  lineRewrite("leetspeak-few", "a digit for one letter of each word", PROSE, (line) =>
    eachPlainWord(line, (word) => {
      const at = Array.from(word).findIndex((letter, index) => index > 0 && letter in DIGITS);
      return at < 0 ? word : word.slice(0, at) + (DIGITS[word[at] ?? ""] ?? "") + word.slice(at + 1);
    }),
  ),
  lineRewrite("letters-apart", "a space or a sign between all letters", ["prose"], (line, choices) => {
    const sign = choices.pick([" ", ".", "-", "_", "*"]);
    return eachPlainWord(line, (word) => Array.from(word).join(sign));
  }),
  lineRewrite("entities", "character references for all letters", ["prose", "html"], (line, choices) => {
    const reference = choices.pick(REFERENCE);
    return eachPlainWord(line, (word) => word.replaceAll(/[a-z]/giu, reference));
  }),
  lineRewrite("entities-few", "a character reference for one letter of each word", ["prose", "html"], (line, choices) => {
    const reference = choices.pick(REFERENCE);
    return eachPlainWord(line, (word) => word.replace(/(?<=[a-z])[a-z]/iu, reference));
  }),
  lineRewrite("emphasis-inside", "marks of emphasis, or empty tags, inside of words", ["prose"], (line, choices) => {
    const [open, close] = choices.pick([
      ["**", "**"],
      ["<b>", "</b>"],
      ["<span></span>", ""],
      ["<!-- -->", ""],
      ["\\", ""],
    ] as const);
    return eachPlainWord(line, (word) => word.replace(/^([a-z]{2})([a-z])(?=[a-z])/iu, `$1${open}$2${close}`));
  }),
];

function inside(word: string, at: number, character: string): string {
  if (word.length < 4) return word;
  const index = 1 + (at % (word.length - 2));
  return word.slice(0, index) + character + word.slice(index);
}

function replaced(line: string, letters: Readonly<Record<string, string>>): string {
  return eachPlainWord(line, (word) =>
    Array.from(word)
      .map((letter) => letters[letter] ?? letter)
      .join(""),
  );
}

/** ASCII letters moved to where another alphabet of the same order begins. */
function shifted(line: string, capitals: number, letters: number): string {
  return eachPlainWord(line, (word) =>
    Array.from(word)
      .map((letter) => {
        if (/[A-Z]/u.test(letter)) return String.fromCodePoint(capitals + letter.charCodeAt(0) - 0x41);
        return /[a-z]/u.test(letter) ? String.fromCodePoint(letters + letter.charCodeAt(0) - 0x61) : letter;
      })
      .join(""),
  );
}
