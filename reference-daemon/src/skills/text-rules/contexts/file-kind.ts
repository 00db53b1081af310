/** How a file is read, as far as its name and first line tell. Nothing is left out because of it. */
export type FileKind = "prose" | "script" | "data" | "markup";

const BY_EXTENSION: Readonly<Record<FileKind, string>> = {
  prose: "md mdx markdown mkd txt text rst adoc org tex",
  markup: "html htm xhtml svg xml vue svelte css scss",
  data: "json jsonl json5 jsonc yaml yml toml csv tsv lock ipynb ini cfg conf properties env map po strings plist geojson ndjson",
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
  if (extension === undefined) return PROSE_NAMES.test(name) ? "prose" : "script";
  return KIND_OF.get(extension) ?? (name.startsWith(".env") ? "data" : "script");
}

export function isShellScript(path: string, text: string): boolean {
  return (
    /\.(?:sh|bash|zsh|ksh|command|envrc)$|(?:^|\/)(?:makefile|dockerfile|justfile|\.envrc)$/iu.test(path) ||
    /^#!.*sh\b/u.test(text.slice(0, 80))
  );
}
