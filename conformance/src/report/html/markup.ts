import { printable } from "../printable.ts";

/** Text that is markup already. Only the `html` template and `constantMarkup` make it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: texts are escaped, lists are joined, and what is missing leaves nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup with values in it, each of which is shown and never obeyed, in text and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(written)));
}

/** For what this project wrote itself and nobody else can reach, such as the style sheet. */
export function constantMarkup(text: string): Markup {
  return new Markup(text);
}

/** Shows what neither a terminal nor a page would: order, direction and width of the text stay as they are written. */
export function visible(text: string): string {
  return printable(text).replaceAll(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Beyond control characters: the Arabic letter mark, what has no width, separators of lines, halves of a pair. */
const INVISIBLE = /[\u061C\u200B\u2028\u2029\u2060-\u2064\uFEFF\p{Cs}]/gu;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function written(value: Content): string {
  if (value instanceof Markup) return value.text;
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return visible(value).replaceAll(/[&<>"']/gu, (character) => ESCAPES[character] ?? character);
  return typeof value === "number" ? String(value) : value.map(written).join("");
}
