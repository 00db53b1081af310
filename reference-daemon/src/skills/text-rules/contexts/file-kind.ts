/** How a file is read, as far as its name and first line tell. Nothing is left out because of it. */
export type FileKind = "prose" | "script" | "data" | "markup";

const BY_EXTENSION: Readonly<Record<FileKind, string>> = {
  prose: "md mdx markdown mkd txt text rst adoc org tex",
  markup: "html htm xhtml svg xml vue svelte css scss",
  data: "json jsonl json5 jsonc yaml yml toml csv tsv lock ini cfg conf properties env map po strings plist geojson ndjson",
  script: "",
};

const KIND_OF = new Map(
  Object.entries(BY_EXTENSION).flatMap(([kind, extensions]) => extensions.split(" ").map((extension) => [extension, kind as FileKind])),
);

/** Texts that come without an extension and are for people. */
const PROSE_NAMES =
  /^(?:readme|license|licence|copying|notice|authors|contributors|changelog|changes|history|install|todo|security|codeowners|version|news)$/iu;

/** A file that nothing tells about is taken for a script: that is the strictest reading. */
export function fileKind(path: string, text: string): FileKind {
  if (text.startsWith("#!")) return "script";
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const extension = /\.([a-z0-9]+)$/u.exec(name)?.[1];
  const named =
    extension === undefined
      ? PROSE_NAMES.test(name)
        ? "prose"
        : "script"
      : (KIND_OF.get(extension) ?? (name.startsWith(".env") ? "data" : "script"));
  return named !== "script" && isMostlyCode(text) ? "script" : named;
}

export function isShellScript(path: string, text: string): boolean {
  return (
    /\.(?:sh|bash|zsh|ksh|command|envrc)$|(?:^|\/)(?:makefile|dockerfile|justfile|\.envrc)$|(?:^|\/)(?:\.husky|\.githooks|\.git\/hooks)\/[^/]{1,60}$/iu.test(
      path,
    ) || /^#!.*sh\b/u.test(text.slice(0, 80))
  );
}

const PYTHON_IMPORT = /^(?:import [\w.]+(?:[ ,]|\r?$)|from [\w.]+ import )/mu;

export function isPythonScript(path: string, text: string, kind: FileKind): boolean {
  const start = text.slice(0, 4_000);
  return path.endsWith(".py") || /^#!.*python/u.test(start.slice(0, 80)) || (kind === "script" && PYTHON_IMPORT.test(start));
}

const CODE_LINE =
  /^\s*(?:import [\w.{*"'(]|from [\w.]+ import |(?:async )?def \w+\(|class \w+|const \w|let \w|var \w|function\b|require\b|use \w|<\?php|package \w+$|func \w|\$\w+\s*=|(?:export )?[A-Za-z_]\w*=\S|if [[(]|(?:if|elif|else|for|while|with|try|except|finally)\b[^\n]*[:{]$|fi$|done\b|for \w+ in |while |echo |curl |wget |set -|return\b|raise \w+\(|await \w+\(|end$|puts |print\(|[})\]]+[;,]?$|with \w+|try\b|except\b|[\w.]+\([^)]*\);?$|[\w.]+\($|[\w.]{2,40}\((?:[^)\n]|\)[.,)\]])|my [$@%]|[\w.,[\]"' ]{1,40} [:+-]?= \S|[A-Z][a-z]+-[A-Z]\w+ [-$"'|]|& ?\(?[[$"']|[^\s#*>|-][^\n]*;$)/u;
const COMMENT_LINE = /^\s*(?:#|\/\/|\/?\*)/u;
const LINES_LOOKED_AT = 60;

/** Whether a file that is called a text is a program: a name decides nothing about who runs it. */
function isMostlyCode(text: string): boolean {
  const start = text.slice(0, 6_000);
  if (/^\uFEFF?(?:---\r?\n|<[!a-z?](?!php)|[{[]\s)/iu.test(start) || /^[ \t]*(?:```|~~~)/mu.test(start)) return false;
  const lines = start
    .split("\n", LINES_LOOKED_AT)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !COMMENT_LINE.test(line));
  const isEnough = lines.length > 1 || /[(=]/u.test(lines[0] ?? "");
  return isEnough && lines.filter((line) => CODE_LINE.test(line)).length >= lines.length * 0.45;
}
