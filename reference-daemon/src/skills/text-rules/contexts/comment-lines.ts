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

/** Languages whose texts over several lines `COMPLETE` knows. */
const SIMPLE_QUOTES = /\.(?:py|sh|bash|zsh)$/iu;
const SIMPLE_SHEBANG = /^#!.*\b(?:python[\d.]*|sh|bash|zsh|dash|ksh)\b/u;
/** A line of them that neither opens nor ends a text, a block or a command that goes on. */
const COMPLETE = /^(?:[^"'`\\<]|\\[^\r]|<(?![<#])|"(?:[^"'`\\$]|\\[^\r]|\$(?!\())*"|'[^"'`\\]*')*$/u;
/** A line of code beyond this is not looked at. */
const LONGEST = 2_000;
/**
 * What can end a text, a block or a command of an earlier line, so that the rest of what looks like a comment runs: a quotation mark that
 * something follows, a separator of commands, or what is put into a text before it is used.
 */
const ENDS_SOMETHING = /[;&`]|\$[({]|[#@]\{|\*\/|#>|\?>|\]\]|"(?!$)|'(?!$|(?<=\w')\w)/u;
const PUT_INTO_TEXT = /`|\$[({]|[#@]\{/u;
/** Within a line for a shell, and its end for Python or JavaScript. */
const OTHER_LINE_END = /[\r\u2028\u2029]/u;
const GOES_ON = /[\\^`][ \t\r]*$/u;
/** Ruby and Perl let a text begin with any bracket. */
const ANY_QUOTES = /\.(?:rb|pl|pm|ex|exs|cr)$/iu;
const BRACKET_ENDS = /[)\]}>|!/]/u;

export interface InLine {
  /** Of its line. */
  readonly before: string;
  readonly matched: string;
  readonly previousLine: string;
  /** Nothing that a line above opens can still go on here. */
  readonly isOnItsOwn: boolean;
}

/** The signs that begin a comment line, by the file's name and by its first line: one for each language that it says it is in. */
function commentSigns(path: string, text: string): RegExp[] {
  const byExtension = BY_EXTENSION.find(([name]) => name.test(path))?.[1];
  const byShebang = BY_SHEBANG.find(([shebang]) => shebang.test(text.slice(0, 80)))?.[1];
  return [byExtension, byShebang].filter((sign) => sign !== undefined);
}

/**
 * Whether what was matched stands in a comment of the language that the file says it is in. The file is not parsed: unless all that is
 * above is complete line by line, what is before the match may end nothing. Where the name and the first line say different languages,
 * the line has to be a comment in both.
 */
export function isComment(path: string, text: string, { before, matched, previousLine, isOnItsOwn }: InLine): boolean {
  const begins = commentSigns(path, text).map((sign) => sign.exec(before)?.[0]);
  const [begin] = begins;
  if (begin === undefined || begins.includes(undefined) || GOES_ON.test(previousLine) || OTHER_LINE_END.test(before)) return false;
  if (isOnItsOwn) return true;
  const said = before.slice(begin.length);
  return !ENDS_SOMETHING.test(said) && !PUT_INTO_TEXT.test(matched) && !(ANY_QUOTES.test(path) && BRACKET_ENDS.test(said));
}

/** How far from its beginning the file is complete line by line, so that a comment line there is one. */
export function completeUntil(path: string, text: string): number {
  const hasSimpleQuotes = SIMPLE_QUOTES.test(path) || (!/\.[^./]*$/u.test(path) && SIMPLE_SHEBANG.test(text.slice(0, 80)));
  if (!hasSimpleQuotes) return 0;
  const signs = commentSigns(path, text);
  let offset = 0;
  for (const line of text.split("\n")) {
    const isCode = !line.startsWith("#!") && !signs.every((sign) => sign.test(line));
    if (OTHER_LINE_END.test(line.trimEnd()) || (isCode && (line.length > LONGEST || !COMPLETE.test(line)))) return offset + line.length;
    offset += line.length + 1;
  }
  return offset;
}
