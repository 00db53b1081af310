/** What a stretch of text is written in, which decides what may be changed without changing what it means. */
export type Language = "prose" | "front-matter" | "shell" | "python" | "javascript" | "powershell" | "json" | "html" | "other";

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  md: "prose",
  txt: "prose",
  sh: "shell",
  bash: "shell",
  py: "python",
  pth: "other",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "javascript",
  ps1: "powershell",
  json: "json",
  ipynb: "other",
  html: "html",
};

const BY_FENCE: Readonly<Record<string, Language>> = {
  sh: "shell",
  bash: "shell",
  shell: "shell",
  zsh: "shell",
  python: "python",
  py: "python",
  js: "javascript",
  javascript: "javascript",
  ts: "javascript",
  json: "json",
  powershell: "powershell",
};

/** A command outside of backticks, which is one no more when its letters are changed. */
const COMMAND_LINE = /^(?:[^`]|`[^`]*`)*?\b(?:curl|wget|bash|sudo|npm|pip) [-\w<(]/u;

const PROSE_NAMES = ["README", "LICENSE", "CHANGELOG"];
const SHELL_NAMES = [".envrc", "pre-commit"];

function languageOfFile(path: string, text: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (PROSE_NAMES.includes(name)) return "prose";
  if (SHELL_NAMES.includes(name)) return "shell";
  const extension = /\.([a-z0-9]+)$/iu.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined && name.lastIndexOf(".") > 0) return BY_EXTENSION[extension] ?? "other";
  if (/^#!.*\b(?:ba|z|da)?sh\b/u.test(text)) return "shell";
  return "other";
}

/** The language of each line of a file: a text in Markdown has front matter, and blocks of code in other languages. */
export function languageOfLines(path: string, text: string): readonly Language[] {
  const whole = languageOfFile(path, text);
  const lines = text.split("\n");
  if (whole !== "prose") return lines.map(() => whole);
  const languages: Language[] = [];
  const frontMatterEnd = lines[0] === "---" ? lines.indexOf("---", 1) : -1;
  let fence: Language | null = null;
  for (const [index, line] of lines.entries()) {
    const mark = /^\s{0,3}(?:```|~~~)\s*(\w*)/u.exec(line);
    if (index <= frontMatterEnd) languages.push(line.startsWith("description:") ? "front-matter" : "other");
    else if (mark) {
      languages.push("other");
      fence = fence === null ? (BY_FENCE[mark[1] ?? ""] ?? "other") : null;
    } else languages.push(fence ?? (line.startsWith("|") || COMMAND_LINE.test(line) ? "other" : "prose"));
  }
  return languages;
}
