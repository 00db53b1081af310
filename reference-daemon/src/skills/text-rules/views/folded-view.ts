import { lookalike } from "./confusables.ts";
import { isInvisible } from "./invisible.ts";
import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

const NON_ASCII = /[^\0-\u007F]+/gu;
/** Scripts of which no letter passes for an ASCII one; most of the text that is not ASCII is of these. */
const UNLIKE = /^[\u0900-\u0DFF\u0E00-\u0EFF\u3001-\u312F\u3400-\u9FFF\uAC00-\uD7A3\uFF0C\uFF1A\u{20000}-\u{3FFFF}]+$/u;

const folds = new Map<string, string>();
const MOST_FOLDS_KEPT = 20_000;

/**
 * As a reader sees it, in ASCII where it looks like ASCII: what is invisible left out, marks taken off letters, letters of other
 * alphabets replaced by the ones that they pass for. Null if that changes nothing.
 */
export function foldedView(text: string): View | null {
  const builder = new ViewBuilder();
  let isChanged = false;
  for (const { start, end } of changedStretches(text)) {
    isChanged = true;
    for (const { 0: part, index } of text.slice(start, end).matchAll(PARTS)) {
      if (part < "\u0080") builder.add({ text: part, source: start + index, isCopy: true });
      else addFolded(builder, part, start + index);
    }
    builder.add({ text: "\n", source: end, isCopy: false });
  }
  return isChanged ? builder.view("written with letters that only look like these", false) : null;
}

/** How far from a letter that is folded a phrase may reach. */
const AROUND = 600;
const PARTS = /[\0-\u007F]+|[^\0-\u007F]+/gu;

/** Where something is not what it looks like, and what is near it: the rest of the text is known already. */
function* changedStretches(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = -1;
  let end = -1;
  for (const { 0: run, index } of text.matchAll(NON_ASCII)) {
    if (UNLIKE.test(run) || Array.from(run).every((character) => foldOf(character) === character)) continue;
    const runEnd = Math.min(text.length, index + run.length + AROUND);
    if (start >= 0 && index - AROUND <= end) {
      end = runEnd;
      continue;
    }
    if (start >= 0) yield { start, end };
    start = Math.max(0, index - AROUND);
    end = runEnd;
  }
  if (start >= 0) yield { start, end };
}

function addFolded(builder: ViewBuilder, run: string, at: number): void {
  let source = at;
  for (const character of run) {
    builder.add({ text: foldOf(character), source, isCopy: false });
    source += character.length;
  }
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
