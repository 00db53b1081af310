import type { Language } from "./language.ts";

/** A stretch of a line of code. A string has its quotes. */
interface Segment {
  readonly kind: "code" | "string" | "comment";
  readonly text: string;
}

const STRINGS: Partial<Readonly<Record<Language, RegExp>>> = {
  shell: /'[^']*'|"(?:\\.|[^"\\])*"/u,
  python: /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/u,
  javascript: /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/u,
};
const COMMENTS: Partial<Readonly<Record<Language, RegExp>>> = {
  shell: /(?<=^|\s)#.*$/u,
  python: /#.*$/u,
  javascript: /\/\/.*$|\/\*.*?\*\//u,
};

/** The parts of a line; null where it is not plain what they are, as where a string goes on in the next line. */
function segmentsOf(line: string, language: Language): readonly Segment[] | null {
  const [string, comment] = [STRINGS[language], COMMENTS[language]];
  if (!string || !comment || line.startsWith("#!")) return null;
  const pattern = new RegExp(`(?<string>${string.source})|(?<comment>${comment.source})`, "gu");
  const segments: Segment[] = [];
  let end = 0;
  for (const { 0: text, index, groups } of line.matchAll(pattern)) {
    segments.push({ kind: "code", text: line.slice(end, index) });
    segments.push({ kind: groups?.["string"] === undefined ? "comment" : "string", text });
    end = index + text.length;
  }
  segments.push({ kind: "code", text: line.slice(end) });
  const isOpen = segments.some(({ kind, text }) => kind === "code" && /["'`]/u.test(text));
  return isOpen || /"""|'''|<</u.test(line) ? null : segments;
}

/** Rewrites what is code on a line, and leaves strings and comments. */
export function eachCode(line: string, language: Language, rewrite: (code: string) => string): string {
  return eachSegment(line, language, "code", rewrite);
}

export function eachString(line: string, language: Language, rewrite: (string: string) => string): string {
  return eachSegment(line, language, "string", rewrite);
}

function eachSegment(line: string, language: Language, kind: Segment["kind"], rewrite: (text: string) => string): string {
  const segments = segmentsOf(line, language);
  if (segments === null) return line;
  return segments.map((segment) => (segment.kind === kind ? rewrite(segment.text) : segment.text)).join("");
}
