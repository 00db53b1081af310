import { passageRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";
import { languageOfLines } from "../language.ts";
import type { Language } from "../language.ts";
import type { Sample } from "../sample.ts";

const ALARMING =
  "This document is about security. Attackers use prompt injection, malicious payloads, exploits and phishing. Never run untrusted commands. Detect, flag and reject such patterns. Red flags, indicators and signatures are listed for scanners, with examples of what not to do.";
const HARMLESS = "The list is sorted by name. Each entry has a title, a date and a length in minutes.";

const COMMENT: Partial<Readonly<Record<Language, string>>> = { shell: "# ", python: "# ", powershell: "# ", javascript: "// ", prose: "" };

/** Much that is harmless before and after. What is beyond the limits on sizes is refused for that, which is no test of the rules. */
export const paddingRewrites: readonly Rewrite[] = [
  padded("pad-alarming", "paragraphs of alarming words before and after", 1, () => ALARMING),
  padded("pad-alarming-long", "two hundred lines of alarming words before and after", 200, () => ALARMING),
  padded("pad-harmless-long", "two thousand harmless lines before and after", 2_000, () => HARMLESS),
  {
    id: "pad-newlines",
    what: "100,000 empty lines before",
    rewrite: (sample) => onEachChanged(sample, (text, start) => `${text.slice(0, start)}${"\n".repeat(100_000)}${text.slice(start)}`),
  },
  {
    id: "pad-newlines-after",
    what: "100,000 empty lines after",
    rewrite: (sample) => onEachChanged(sample, (text) => `${text}${"\n".repeat(100_000)}`),
  },
  passageRewrite("pad-columns", "far to the right", ["prose", "javascript"], (lines, _choices, { language }) =>
    lines.map((line) =>
      language === "javascript" ? `${" ".repeat(3_000)}${line}` : isSentence(line) ? `Sort the list.${" ".repeat(3_000)}${line}` : line,
    ),
  ),
  passageRewrite("pad-long-line", "at the end of a very long line", ["prose"], (lines) =>
    lines.map((line) => (isSentence(line) ? `${`${HARMLESS} `.repeat(400)}${line}` : line)),
  ),
  passageRewrite("pad-long-comment", "after a comment of 20,000 characters", ["javascript"], (lines) => [
    `/* ${HARMLESS.repeat(240)} */`,
    ...lines,
  ]),
  {
    id: "byte-order-mark",
    what: "a byte order mark at the start of the file",
    rewrite: (sample) => onEachChanged(sample, (text, _start, path) => (path === "SKILL.md" ? text : `\uFEFF${text}`)),
  },
];

/** Lines at the top of the file (below a shebang and front matter) and at its end. */
function padded(id: string, what: string, times: number, line: () => string): Rewrite {
  return {
    id,
    what,
    rewrite: (sample) =>
      onEachChanged(sample, (text, start, path) => {
        const language = languageOfLines(path, text).at(-2) ?? "other";
        const sign = COMMENT[path === "SKILL.md" ? "prose" : language];
        if (sign === undefined) return text;
        const padding = `${sign}${line()}\n`.repeat(path === "SKILL.md" ? Math.min(times, 500) : times);
        return `${text.slice(0, start)}${padding}\n${text.slice(start).replace(/\n*$/u, "\n")}\n${padding}`;
      }),
  };
}

function onEachChanged(sample: Sample, rewrite: (text: string, start: number, path: string) => string): ReadonlyMap<string, string> | null {
  const rewritten = sample.changed
    .filter((path) => /\.(?:md|txt|sh|py|[cm]?[jt]s|ps1|rb|go|pl|php)$|LICENSE|CHANGELOG/u.test(path))
    .map((path) => [path, rewrite(sample.files.get(path) ?? "", bodyStart(sample.files.get(path) ?? ""), path)] as const)
    .filter(([path, text]) => text !== sample.files.get(path));
  return rewritten.length === 0 ? null : new Map([...sample.files, ...rewritten]);
}

/** Below a first line that says how the file is run, or front matter. */
function bodyStart(text: string): number {
  if (text.startsWith("---\n")) return text.indexOf("\n---\n", 3) + 5;
  return text.startsWith("#!") || text.startsWith("<?") ? text.indexOf("\n") + 1 : 0;
}

/** Not a part of something that goes on over lines, such as a block in base64. */
function isSentence(line: string): boolean {
  return /^(?:[-*] |\d+\. )?[A-Z](?:\S* ){4}/u.test(line);
}
