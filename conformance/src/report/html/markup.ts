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
  const { parts, isInTag } = templateOf(strings);
  let text = parts[0] ?? "";
  for (const [index, value] of values.entries()) text += written(value, isInTag[index] === true) + (parts[index + 1] ?? "");
  return new Markup(text);
}

/** For what this project wrote itself and nobody else can reach, such as the style sheet. */
export function constantMarkup(text: string): Markup {
  return new Markup(text);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

interface Template {
  readonly parts: readonly string[];
  /** Whether the value after each part is in a tag, and so in an attribute. */
  readonly isInTag: readonly boolean[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

function templateOf(strings: TemplateStringsArray): Template {
  const known = templates.get(strings);
  if (known) return known;
  // The indentation of a template is for who reads the source; a page of thousands of rows does without. Values keep theirs.
  const parts = strings.map((part) => part.replaceAll(/\n\s*/gu, "\n"));
  const isInTag = parts.map((_, index) => {
    const before = parts.slice(0, index + 1).join("");
    return before.lastIndexOf("<") > before.lastIndexOf(">");
  });
  const template = { parts, isInTag };
  templates.set(strings, template);
  return template;
}

function written(value: Content, isInTag: boolean): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "number") return String(value);
  if (value instanceof Markup) {
    // Markup leaves quotes as they are, which would end the attribute that it is put into.
    if (isInTag) throw new TypeError(`Markup cannot stand inside a tag; give text for ${JSON.stringify(value.text.slice(0, 40))}`);
    return value.text;
  }
  if (typeof value !== "string") return value.map((part) => written(part, isInTag)).join("");
  // Transcripts are full of quotes, which in a text need no escape and would be half of the page.
  return printable(value).replaceAll(isInTag ? /[&<>"']/gu : /[&<>]/gu, (character) => ESCAPES[character] ?? character);
}
