/** The signs that begin a comment line, by what the file is; in another language the same sign is an operator. */
const BY_EXTENSION: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(?:[cm]?[jt]sx?|go|java|kt|swift|rs|c|cc|cpp|h|hpp|cs|scala|dart|php)$/iu, /^[ \t]*\/\//u],
  [
    /\.(?:py|sh|bash|zsh|fish|rb|pl|pm|r|ps1|psm1|ya?ml|toml|mk|tcl|ex|exs|jl|nim|cr)$|(?:^|\/)(?:makefile|dockerfile|justfile|rakefile|gemfile|\.envrc)$/iu,
    /^[ \t]*#(?!!)/u,
  ],
  [/\.(?:sql|lua|hs|elm|ada)$/iu, /^[ \t]*--/u],
  [/\.(?:bat|cmd)$/iu, /^[ \t]*@?(?:rem\b|::)/iu],
];
const BY_SHEBANG: readonly (readonly [RegExp, RegExp])[] = [
  [/^#!.*\b(?:node|deno|bun)\b/u, /^[ \t]*\/\//u],
  [/^#!/u, /^[ \t]*#(?!!)/u],
];

/** Whether the line is a comment of the language that the file's name, or else its first line, says. */
export function isCommentLine(path: string, text: string, line: string): boolean {
  const sign = BY_EXTENSION.find(([name]) => name.test(path))?.[1] ?? BY_SHEBANG.find(([shebang]) => shebang.test(text.slice(0, 80)))?.[1];
  return sign?.test(line) ?? false;
}
