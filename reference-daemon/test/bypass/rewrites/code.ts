import type { Choices } from "../choices.ts";
import { eachCode, eachString } from "../code-segments.ts";
import { lineRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

const CODE = ["javascript", "python"] as const;

/** Another way to write the same tokens of JavaScript and Python. */
export const codeRewrites: readonly Rewrite[] = [
  lineRewrite("code-split-strings", "strings in two or three parts", CODE, (line, choices, language) =>
    /^\s*(?:import|from|export)\b/u.test(line) && language === "javascript"
      ? line
      : eachString(line, language, (string) => splitString(string, choices, " + ")),
  ),
  lineRewrite("code-split-often", "strings in parts of two characters", CODE, (line, _choices, language) =>
    /^\s*(?:import|from|export)\b/u.test(line) ? line : eachString(line, language, (string) => inParts(string, 2, " + ")),
  ),
  lineRewrite("python-beside", "strings in parts that stand side by side", ["python"], (line, choices, language) =>
    eachString(line, language, (string) => splitString(string, choices, " ")),
  ),
  lineRewrite("code-joined-list", "strings as a list that is joined", CODE, (line, choices, language) => {
    if (/^\s*(?:import|from|export)\b/u.test(line)) return line;
    return eachString(line, language, (string) => {
      const parts = partsOf(string, 3 + choices.integer(3));
      if (parts === null) return string;
      return language === "python" ? `"".join([${parts.join(", ")}])` : `[${parts.join(", ")}].join("")`;
    });
  }),
  lineRewrite("code-escapes", "characters of strings as escapes", CODE, (line, choices, language) => {
    const share = choices.pick([0.2, 1]);
    return eachString(line, language, (string) =>
      plainBody(string) === null
        ? string
        : string.replaceAll(/(?<!\\)[a-z](?=.)/gu, (letter) =>
            choices.isChosen(share) ? `\\x${letter.charCodeAt(0).toString(16)}` : letter,
          ),
    );
  }),
  lineRewrite("javascript-unicode-escapes", "letters of strings as \\u escapes", ["javascript"], (line, choices, language) =>
    eachString(line, language, (string) =>
      plainBody(string) === null
        ? string
        : string.replaceAll(/[a-z]/gu, (letter) => (choices.isChosen(0.4) ? `\\u{${letter.charCodeAt(0).toString(16)}}` : letter)),
    ),
  ),
  lineRewrite("javascript-name-escapes", "letters of names as \\u escapes", ["javascript"], (line, _choices, language) =>
    eachCode(line, language, (code) =>
      code.replaceAll(
        /(?<=\.)([a-z])([A-Za-z]{2,})(?=\()/gu,
        (_name, first: string, rest: string) => `\\u{${first.charCodeAt(0).toString(16)}}${rest}`,
      ),
    ),
  ),
  lineRewrite("code-other-quotes", "the other kind of quotes", CODE, (line, choices, language) => {
    if (language === "javascript" && /^\s*(?:import|export)\b/u.test(line)) return line;
    const quote = language === "javascript" ? choices.pick(["'", '"', "`"]) : choices.pick(["'", '"']);
    return eachString(line, language, (string) => {
      const body = plainBody(string);
      return body === null ? string : quote + body + quote;
    });
  }),
  lineRewrite("code-spaces", "spaces and tabs around dots, brackets and operators", CODE, (line, choices, language) => {
    const gap = choices.pick([" ", "\t", "   "]);
    return eachCode(line, language, (code) => code.replaceAll(/(?<=[\w)\]])([.(])(?=[\w)([{]|$)(?!\d)/gu, `${gap}$1${gap}`));
  }),
  lineRewrite("code-new-lines", "new lines after opening brackets and before dots", CODE, (line, choices, language) => {
    const indent = " ".repeat(choices.integer(13));
    if (/^\s*(?:import|from|export|def|class|async def)\b/u.test(line)) return line;
    return eachCode(line, language, (code) => code.replaceAll(/(?<=\w)\((?!\))/gu, `(\n${indent}`));
  }),
  lineRewrite("javascript-comments", "comments between tokens", ["javascript"], (line, choices, language) => {
    const comment = choices.pick(["/**/", "/* safe */", "/* the user's own */"]);
    return eachCode(line, language, (code) => code.replaceAll(/(?<=[\w)\]])([.(])(?=[\w)([{]|$)(?!\d)/gu, `${comment}$1${comment}`));
  }),
  lineRewrite("javascript-optional", "optional calls and members", ["javascript"], (line, choices, language) =>
    /^\s*(?:import|export|(?:async )?function)\b|=>|=\s*[^=]*\.\w+\s*=/u.test(line)
      ? line
      : eachCode(line, language, (code) =>
          choices.isChosen(0.5)
            ? code.replaceAll(/(?<=[a-z)])\.(?=[a-z]\w*\()/gu, "?.")
            : code.replaceAll(/(?<=\.[a-z]\w*)\((?!\) ?\{)/gu, "?.("),
        ),
  ),
  lineRewrite("javascript-computed", "members by name in brackets", ["javascript"], (line, choices, language) => {
    const isSplit = choices.isChosen(0.5);
    return eachCode(line, language, (code) =>
      code.replaceAll(/(?<=[\w)])\.([a-zA-Z]{2,})\b/gu, (_member, name: string) =>
        isSplit ? `["${name.slice(0, 2)}" + "${name.slice(2)}"]` : `["${name}"]`,
      ),
    );
  }),
  lineRewrite("python-getattr", "members by getattr", ["python"], (line, choices, language) => {
    const isSplit = choices.isChosen(0.5);
    if (/^\s*(?:import|from)\b/u.test(line)) return line;
    return eachCode(line, language, (code) =>
      code.replaceAll(
        /\b(os|subprocess|requests|socket|shutil|base64|pickle|marshal|importlib)\.([a-z_0-9]{2,})(?=\()/gu,
        (_call, owner: string, name: string) =>
          isSplit ? `getattr(${owner}, "${name.slice(0, 2)}" + "${name.slice(2)}")` : `getattr(${owner}, "${name}")`,
      ),
    );
  }),
  lineRewrite("code-bait-comment", "a comment with alarming words that do not deny it", CODE, (line, choices, language) =>
    /^\s*(?:#|\/\/|$)|["'`\\]$|"""|'''/u.test(line)
      ? line
      : `${line}  ${language === "python" ? "#" : "//"} ${choices.pick(["high priority", "critical step", "never fails", "flag: on", "noqa", "eslint-disable-line", "nosec", "an example"])}`,
  ),
];

/** What is between the quotes, if it holds no quote, escape or placeholder. */
function plainBody(string: string): string | null {
  const body = string.slice(1, -1);
  return /["'`\\{}$]/u.test(body) ? null : body;
}

function splitString(string: string, choices: Choices, between: string): string {
  const body = plainBody(string);
  return body === null || body.length < 4
    ? string
    : inParts(string, Math.max(2, Math.floor(body.length / (2 + choices.integer(2)))), between);
}

function inParts(string: string, length: number, between: string): string {
  const parts = partsOf(string, length);
  if (parts === null) return string;
  return between === " " ? parts.join(between) : `(${parts.join(between)})`;
}

function partsOf(string: string, length: number): string[] | null {
  const [quote, body] = [string.slice(0, 1), plainBody(string)];
  if (body === null || body.length <= length) return null;
  return Array.from(
    { length: Math.ceil(body.length / length) },
    (_, index) => quote + body.slice(index * length, (index + 1) * length) + quote,
  );
}
