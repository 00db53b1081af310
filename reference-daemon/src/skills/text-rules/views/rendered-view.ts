import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

/** What a reader of a rendered page does not see, and white space that is shown as one space. */
const MARKUP =
  /[ \t]{0,8}(?:<!--[^]{0,400}?-->|<\/?[a-z][a-z0-9-]{0,20}(?:\s[^<>\n]{0,200})?\/?>)[ \t]{0,8}|&(?:#x?[0-9a-f]{1,6}|[a-z]{2,6});|\*{1,3}|(?<![A-Za-z0-9])_{1,2}|_{1,2}(?![A-Za-z0-9])|~~|\\(?=[!-/:-@[-`{-~])|(?<=[a-z])\\(?=[a-z])|[ \t]{2,400}|\t|(?<!\n[ \t]{0,50})[ \t]{0,200}\r?\n(?![ \t]{0,200}(?:\r?\n|[-*+|#>`~]|\d{1,3}[.)]))[ \t]{0,200}/giu;
const NAMED: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&nbsp;": " ",
  "&shy;": "",
  "&zwj;": "",
};

/** The text as a page shows it, in long lines. Places go back to the file. */
export function renderedView(text: string): View {
  const builder = new ViewBuilder();
  let copied = 0;
  for (const { 0: found, index } of text.matchAll(MARKUP)) {
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    builder.add({ text: shown(found), source: index, isCopy: false });
    copied = index + found.length;
  }
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("as it is shown", false);
}

function shown(markup: string): string {
  if (/^\s/u.test(markup) || /\s$/u.test(markup)) return " ";
  if (!markup.startsWith("&")) return "";
  const digits = /^&#(x?)([0-9a-f]+);$/iu.exec(markup);
  if (!digits) return NAMED[markup.toLowerCase()] ?? markup;
  const code = Number.parseInt(digits[2] ?? "", digits[1] === "" ? 10 : 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : " ";
}
