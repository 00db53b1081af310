import { ViewBuilder, plainView } from "./view.ts";
import type { View } from "./view.ts";

const DIGIT_LETTERS: Readonly<Record<string, string>> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };
const OTHER = 0;
const LETTER = 1;
const SIGN = 2;
const GAP = 3;
const KIND_OF = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));
const LETTERS_APART = 5;

function kindOf(character: string): number {
  if (/[A-Za-z]/u.test(character)) return LETTER;
  if (character in DIGIT_LETTERS) return SIGN;
  return /[ \t._*|-]/u.test(character) ? GAP : OTHER;
}

/** The text with its oddly spelled words as they are meant: `1gn0r3` and `i g n o r e`. Most texts have none. */
export function* respelledViews(text: string): Generator<View> {
  const { isMixed, isSpaced } = spellingOf(text);
  if (isMixed) yield leetView(text);
  if (isSpaced) yield spacedView(text);
  if (isSpaced)
    yield {
      ...plainView(text.replaceAll(SPACED_WORD, (word) => word.replaceAll(/[^A-Za-z]/gu, "").padEnd(word.length))),
      disguise: "written with each letter apart",
      isSuspicious: true,
    };
}

/** Whether there is a word with a digit or sign between letters, and whether letters stand apart; by a loop, for speed. */
function spellingOf(text: string): { readonly isMixed: boolean; readonly isSpaced: boolean } {
  let isMixed = false;
  let isSpaced = false;
  let apart = 0;
  let before = OTHER;
  let last = OTHER;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code < 128 ? (KIND_OF[code] ?? OTHER) : OTHER;
    if (kind === LETTER) {
      if (last === SIGN && before === LETTER) isMixed = true;
      apart = last === GAP ? apart + 1 : last === LETTER ? 0 : 1;
      if (apart >= LETTERS_APART) isSpaced = true;
    }
    before = last;
    last = kind;
  }
  return { isMixed, isSpaced };
}

function leetView(text: string): View {
  const letters = text.replaceAll(/[013457@$!]/gu, (sign) => DIGIT_LETTERS[sign] ?? sign);
  return { text: letters, disguise: "written with digits for letters", isSuspicious: true, sourceOffset: (offset) => offset };
}

/** Eight or more single letters, each with one or two spaces or signs between it and the next. */
const SPACED_WORD = /(?<![A-Za-z0-9])(?:[A-Za-z](?:([-_.*|·])[A-Za-z])(?:\1[A-Za-z]){1,30})(?![A-Za-z0-9])/gu;
const SPACED = /(?<![A-Za-z])[A-Za-z](?:[ \t._*|-]{1,3}[A-Za-z](?![A-Za-z])){7,400}/gu;

/** Only such stretches are in it. */
function spacedView(text: string): View {
  const builder = new ViewBuilder();
  for (const { 0: run, index } of text.matchAll(SPACED)) {
    let offset = 0;
    for (const letter of run) {
      if (/[A-Za-z]/u.test(letter)) builder.add({ text: letter, source: index + offset, isCopy: false });
      offset += letter.length;
    }
    builder.add({ text: "\n", source: index + run.length, isCopy: false });
  }
  return builder.view("written with each letter apart", true);
}
