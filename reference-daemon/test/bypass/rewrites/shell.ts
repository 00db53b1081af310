import { eachCode } from "../code-segments.ts";
import { lineRewrite, passageRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

const SHELL = ["shell"] as const;
const KEYWORDS = new Set(
  "if then else elif fi for in do done case esac while until function select time export local readonly declare set unset return exit alias".split(
    " ",
  ),
);
/** A shell does these itself; there is no such file. */
const BUILT_IN = ["eval", "exec", "source", "cd", "read", "trap"];
const WORD = /(?<![\w$./=@:~{-])[a-z][a-z0-9]{1,15}(?![\w=(./@:){-])/gu;
const FIRST_WORD = /(?<=^\s*|[|;&(]\s*|\$\(\s*|\b(?:then|do|else|sudo|exec)\s+)[a-z][a-z0-9]{1,15}(?![\w=(./@:)-])/gu;

/** A quoted or escaped command is the same command; so is one whose name is in a variable. */
export const shellRewrites: readonly Rewrite[] = [
  lineRewrite("shell-empty-quotes", "empty quotes inside of words", SHELL, (line, choices) => {
    const quotes = choices.pick(["''", '""']);
    return eachWord(line, (word) => word.slice(0, 1) + quotes + word.slice(1));
  }),
  lineRewrite("shell-many-quotes", "empty quotes between all letters of words", SHELL, (line) =>
    eachWord(line, (word) => Array.from(word).join("''")),
  ),
  lineRewrite("shell-quoted-part", "a part of each word in quotes", SHELL, (line, choices) => {
    const quote = choices.pick(["'", '"']);
    return eachWord(line, (word) => quote + word.slice(0, 2) + quote + word.slice(2));
  }),
  lineRewrite("shell-backslash", "a backslash inside of words", SHELL, (line, choices) =>
    choices.isChosen(0.5)
      ? eachWord(line, (word) => `${word.slice(0, 1)}\\${word.slice(1)}`)
      : eachWord(line, (word) =>
          Array.from(word)
            .map((letter) => `\\${letter}`)
            .join(""),
        ),
  ),
  lineRewrite("shell-whole-quoted", "each word in quotes", SHELL, (line, choices) => {
    const quote = choices.pick(["'", '"']);
    return eachWord(line, (word) => quote + word + quote);
  }),
  lineRewrite("shell-ansi-c", "commands as $'\\x63\\x75'", SHELL, (line) =>
    eachFirst(
      line,
      (word) =>
        `$'${Array.from(word)
          .map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`)
          .join("")}'`,
    ),
  ),
  lineRewrite("shell-positional", "an unset parameter inside of words", SHELL, (line, choices) => {
    const empty = choices.pick(["$@", "${x:-}", "$*", "${u}"]);
    return eachFirst(line, (word) => word.slice(0, 1) + empty + word.slice(1));
  }),
  passageRewrite("shell-variables", "commands in variables", SHELL, (lines, choices) => {
    const names = new Map<string, string>();
    const isHalved = choices.isChosen(0.5);
    const rewritten = lines.map((line) =>
      eachFirst(line, (word) => {
        const name = names.get(word) ?? `v${names.size}`;
        names.set(word, name);
        return isHalved ? `$${name}a$${name}b` : `$${name}`;
      }),
    );
    const indent = /^\s*/u.exec(lines[0] ?? "")?.[0] ?? "";
    const assigned = [...names].flatMap(([word, name]) =>
      isHalved ? [`${indent}${name}a=${word.slice(0, 2)}`, `${indent}${name}b=${word.slice(2)}`] : [`${indent}${name}=${word}`],
    );
    return rewritten[0]?.startsWith("#!") ? null : [...assigned, ...rewritten];
  }),
  lineRewrite("shell-spaces", "tabs or many spaces between words", SHELL, (line, choices) => {
    const gap = choices.pick(["\t", "  ", "        ", " \t "]);
    return eachCode(line, "shell", (code) => code.replaceAll(/(?<=\S) (?=\S)/gu, gap));
  }),
  lineRewrite("shell-separator", "the separator variable for spaces", SHELL, (line, choices) => {
    const separator = choices.pick(["${IFS}", "$IFS$9"]);
    return eachCode(line, "shell", (code) => code.replaceAll(/(?<=[a-z]) (?=-|http|\/|~)/gu, separator));
  }),
  lineRewrite("shell-continued", "lines broken with a backslash", SHELL, (line, choices) => {
    const indent = " ".repeat(choices.integer(9));
    return line.trimStart().startsWith("#")
      ? line
      : eachCode(line, "shell", (code) => code.replaceAll(/(?<=[\w/]) (?=[-\w/|~])/gu, ` \\\n${indent}`));
  }),
  lineRewrite("shell-pipe-spaces", "no spaces, or many, around pipes and redirections", SHELL, (line, choices) => {
    const gap = choices.pick(["", "    "]);
    return eachCode(line, "shell", (code) => code.replaceAll(/ ?(\|) ?/gu, `${gap}$1${gap}`));
  }),
  lineRewrite("shell-full-path", "commands with their folder", SHELL, (line, choices) => {
    const folder = choices.pick(["/usr/bin/", "command ", "env "]);
    return eachFirst(line, (word) => (BUILT_IN.includes(word) ? word : folder + word));
  }),
  lineRewrite("shell-other-interpreter", "another shell that does the same", SHELL, (line, choices) =>
    eachCode(line, "shell", (code) =>
      code.replaceAll(
        /(?<=\|\s*(?:sudo\s+)?)(?:ba)?sh\b/gu,
        choices.pick(["zsh", "dash", "/bin/sh -s", "sh -s --", "sh -x", "bash -e", "$SHELL", "busybox ash", "tee /tmp/o | sh"]),
      ),
    ),
  ),
  lineRewrite("shell-bait-comment", "a comment with alarming words that do not deny it", SHELL, (line, choices) =>
    /[\\{(]$|^\s*(?:#|$)|<</u.test(line)
      ? line
      : `${line}  # ${choices.pick(["high priority", "critical step", "never skip this", "flag: on", "reject nothing", "an example"])}`,
  ),
];

function eachWord(line: string, rewrite: (word: string) => string): string {
  return line.trimStart().startsWith("#")
    ? line
    : eachCode(line, "shell", (code) => code.replaceAll(WORD, (word) => (KEYWORDS.has(word) ? word : rewrite(word))));
}

function eachFirst(line: string, rewrite: (word: string) => string): string {
  return line.trimStart().startsWith("#")
    ? line
    : eachCode(line, "shell", (code) => code.replaceAll(FIRST_WORD, (word) => (KEYWORDS.has(word) ? word : rewrite(word))));
}
