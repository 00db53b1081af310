import { lookalike } from "./confusables.ts";
import { isInvisible } from "./invisible.ts";
import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

const NON_ASCII = /[^\0-\u007F]+/gu;
/** Scripts of which no letter passes for an ASCII one; most of the text that is not ASCII is of these. */
const UNLIKE = /^[\u0900-\u0DFF\u0E00-\u0EFF\u3000-\u312F\u3400-\u9FFF\uAC00-\uD7A3\uFF0C\uFF1A\u{20000}-\u{3FFFF}]+$/u;

const folds = new Map<string, string>();
const MOST_FOLDS_KEPT = 20_000;

/**
 * As a reader sees it, in ASCII where it looks like ASCII: what is invisible left out, marks taken off letters, letters of other
 * alphabets replaced by the ones that they pass for. Null if that changes nothing.
 */
export function foldedView(text: string): View | null {
  const builder = new ViewBuilder();
  let copied = 0;
  let changes = 0;
  for (const { 0: run, index } of text.matchAll(NON_ASCII)) {
    if (UNLIKE.test(run)) continue;
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    let source = index;
    for (const character of run) {
      const folded = foldOf(character);
      if (folded !== character) changes += 1;
      builder.add({ text: folded, source, isCopy: false });
      source += character.length;
    }
    copied = index + run.length;
  }
  if (changes === 0) return null;
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("written with letters that only look like these", false);
}

/** Whether a stretch of a file's text has letters that are not what they look like, or invisible characters among letters. */
export function isDisguised(source: string): boolean {
  for (const { 0: run } of source.matchAll(NON_ASCII)) {
    for (const character of run) {
      if (isInvisible(character)) return true;
      if (/^[a-z]+$/iu.test(foldOf(character)) && !/^\p{Script=Latin}\p{M}*$/u.test(character.normalize("NFD"))) return true;
    }
  }
  return false;
}

function foldOf(character: string): string {
  const known = folds.get(character);
  if (known !== undefined) return known;
  const folded = fold(character);
  if (folds.size < MOST_FOLDS_KEPT) folds.set(character, folded);
  return folded;
}

function fold(character: string): string {
  if (isInvisible(character)) return "";
  if (/\s/u.test(character)) return character === "\u2028" || character === "\u2029" ? "\n" : " ";
  const plain = lookalike(character);
  if (plain !== undefined) return plain;
  const bare = character.normalize("NFKD").replace(/\p{M}+/gu, "");
  const inAscii = Array.from(bare, (part) => lookalike(part) ?? PUNCTUATION.get(part) ?? part).join("");
  return inAscii;
}

const PUNCTUATION: ReadonlyMap<string, string> = new Map([
  ["\u2018", "'"],
  ["\u2019", "'"],
  ["\u201B", "'"],
  ["\u201C", '"'],
  ["\u201D", '"'],
  ["\u2010", "-"],
  ["\u2011", "-"],
  ["\u2013", "-"],
  ["\u2014", "-"],
  ["\u2212", "-"],
  ["\u2215", "/"],
  ["\u2044", "/"],
  ["\u2223", "|"],
]);
