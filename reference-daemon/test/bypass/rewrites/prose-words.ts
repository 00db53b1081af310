import { eachGap, isPlainLine } from "../plain-words.ts";
import { lineRewrite, passageRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

const SPACES = ["\u00A0", "\u2003", "\u2009", "\u202F", "\u3000", "\u205F"];
const FILLERS = ["really", "just", "simply", "please", "kindly", "now"];
const MARKS = [",", "...", " -", ";", " \u2014"];

/** What may stand between the words of a sentence without changing what it says. */
export const proseWordRewrites: readonly Rewrite[] = [
  lineRewrite("tabs", "tabs for spaces between words", ["prose"], (line) => eachGap(line, () => "\t")),
  lineRewrite("two-spaces", "two to six spaces between words", ["prose", "front-matter"], (line, choices) => {
    const gap = " ".repeat(2 + choices.integer(5));
    return eachGap(line, () => gap);
  }),
  lineRewrite("many-spaces", "forty spaces between words", ["prose"], (line) => eachGap(line, () => " ".repeat(40))),
  lineRewrite("other-spaces", "spaces of Unicode between words", ["prose", "front-matter"], (line, choices) => {
    const gap = choices.pick(SPACES);
    return eachGap(line, () => gap);
  }),
  passageRewrite("wrapped", "a new line after every few words", ["prose"], (lines, choices) => {
    const every = 1 + choices.integer(5);
    return lines.flatMap((line) => {
      let words = 0;
      const indent = /^\s*(?:[-*+]|\d+[.)])\s/u.test(line) ? "  " : "";
      return eachGap(line, () => (++words % every === 0 ? `\n${indent}` : " ")).split("\n");
    });
  }),
  passageRewrite(
    "carriage-returns",
    "each line ends with a carriage return and a line feed",
    ["prose", "html", "json", "powershell", "javascript"],
    (lines) => lines.map((line) => `${line}\r`),
  ),
  lineRewrite("comments-between", "an empty comment of Markdown between words", ["prose"], (line, choices) => {
    const comment = choices.pick(["<!-- -->", "<!-- note -->", "<br>", "<wbr>"]);
    return eachGap(line, () => ` ${comment} `);
  }),
  lineRewrite("emphasis", "words in bold or italics", ["prose"], (line, choices) => {
    if (!isPlainLine(line)) return line;
    const mark = choices.pick(["**", "*", "_", "__"]);
    return line.replaceAll(/(?<=^|\s)([A-Za-z]{3,})(?=\s|$)/gu, (word) => (choices.isChosen(0.6) ? `${mark}${word}${mark}` : word));
  }),
  lineRewrite("quote", "as a quotation, a heading or an item of a list", ["prose"], (line, choices) =>
    /^[A-Z]/u.test(line) ? `${choices.pick(["> ", "- ", "1. ", "## ", "> > ", "- [ ] "])}${line}` : line,
  ),
  lineRewrite("filler", "one word more that changes nothing", ["prose", "front-matter"], (line, choices) => {
    const filler = choices.pick(FILLERS);
    let at = choices.integer(8);
    return eachGap(line, () => (at-- === 0 ? ` ${filler} ` : " "));
  }),
  lineRewrite("punctuation", "a mark of punctuation between two words", ["prose"], (line, choices) => {
    const mark = choices.pick(MARKS);
    let at = choices.integer(8);
    return eachGap(line, () => (at-- === 0 ? `${mark} ` : " "));
  }),
  lineRewrite("bait-sentence", "a harmless sentence with alarming words right before", ["prose"], (line, choices) => {
    const bait = choices.pick([
      "Malicious inputs are refused. ",
      "This never matches an attack pattern. ",
      "For example, injection is detected elsewhere. ",
      "Reviewed by the security team: no red flags were found. ",
    ]);
    return /^(?:[-*] )?[A-Z]/u.test(line) ? line.replace(/^(?:[-*] )?/u, (item) => `${item}${bait}`) : line;
  }),
  lineRewrite("bait-clause", "alarming words in the same sentence, which do not deny it", ["prose"], (line, choices) => {
    const bait = choices.pick([
      "To avoid errors, ",
      "So that no check fails and no attack is possible, ",
      "As the security rules for untrusted input ask, ",
      "Since the patterns above were found, ",
    ]);
    return line.replace(
      /^((?:[-*] )?)([A-Z])(?=[a-z]+ )/u,
      (_start, item: string, letter: string) => `${item}${bait}${letter.toLowerCase()}`,
    );
  }),
];
