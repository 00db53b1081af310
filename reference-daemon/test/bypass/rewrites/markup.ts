import { lineRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

/** JSON, HTML and PowerShell, where case, spaces or escapes mean nothing. */
export const markupRewrites: readonly Rewrite[] = [
  lineRewrite("json-escapes", "letters of JSON strings as \\u escapes", ["json"], (line, choices) =>
    line.replaceAll(/"(?:\\.|[^"\\])*"/gu, (string) =>
      string.replaceAll(/(?<!\\)[a-z]/giu, (letter) =>
        choices.isChosen(0.4) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}` : letter,
      ),
    ),
  ),
  lineRewrite("json-spaces", "spaces around colons and brackets", ["json"], (line, choices) => {
    const gap = choices.pick(["", "   ", "\t"]);
    return line.replaceAll(
      /("(?:\\.|[^"\\])*")|([:,[{])\s?/gu,
      (_match, string: string | undefined, sign: string | undefined) => string ?? `${gap}${sign ?? ""}${gap}`,
    );
  }),
  lineRewrite("html-case", "tags and attributes in another case", ["html"], (line) =>
    line.replaceAll(/<\/?[a-z][^>]*>/giu, (tag) => tag.replaceAll(/(?<=^<\/?|\s)[a-z-]+(?=[\s=>])/giu, (name) => name.toUpperCase())),
  ),
  lineRewrite("html-attributes", "spaces, new lines and other quotes in tags", ["html"], (line, choices) => {
    const gap = choices.pick(["\n", "\t", "  "]);
    return line.replaceAll(/<[a-z][^>]*>/giu, (tag) =>
      tag.replaceAll(/\s([a-z-]+)="([^"']*)"/giu, (_all, name: string, value: string) => `${gap}${name} = '${value}'`),
    );
  }),
  lineRewrite("html-style-order", "spaces and case in styles", ["html"], (line, choices) => {
    const gap = choices.pick(["  ", "\t", "/**/"]);
    return line.replaceAll(
      /([a-z-]+):\s*([a-z0-9#-]+)(?=[;"'}])/giu,
      (_all, name: string, value: string) => `${name.toUpperCase()}${gap}:${gap}${value}`,
    );
  }),
  lineRewrite("powershell-case", "letters of commands in another case", ["powershell"], (line, choices) =>
    line.trimStart().startsWith("#")
      ? line
      : line.replaceAll(/"[^"]*"|'[^']*'|[A-Za-z]+/gu, (token) =>
          /^["']/u.test(token)
            ? token
            : Array.from(token)
                .map((letter) => (choices.isChosen(0.5) ? letter.toUpperCase() : letter.toLowerCase()))
                .join(""),
        ),
  ),
  lineRewrite("powershell-backtick", "a backtick inside of commands", ["powershell"], (line) =>
    line.trimStart().startsWith("#")
      ? line
      : line.replaceAll(/(?<![$"'\w-])([A-Z])([a-z]+-[A-Z]\w+)/gu, "$1`$2").replaceAll(/(?<=\|\s*)ie(?=x\b)/gu, "i`e"),
  ),
  lineRewrite("powershell-call", "commands called by a string", ["powershell"], (line) =>
    line.trimStart().startsWith("#")
      ? line
      : line.replaceAll(/(?<=^\s*|\|\s*|\()([A-Z][a-z]+-[A-Z]\w+)/gu, (name: string) => `& ("${name.slice(0, 4)}" + "${name.slice(4)}")`),
  ),
];
