import { isComment } from "./comment-lines.ts";
import { isMention, isQuoted, isShownAsBad } from "./mention.ts";
import type { Mentioned } from "./mention.ts";
import type { FileKind } from "./file-kind.ts";
import { spanAt } from "./markdown-spans.ts";
import type { Span } from "./markdown-spans.ts";
import type { Surroundings } from "./surroundings.ts";

const SENTENCE_REACH = 320;
const LEAD_REACH = 2_000;
const NOTE_LINE = /^[ \t]*(?:#(?!!)|\/\/|--|;|\*|<!--)/u;

/** Where a match stands: only what is next to it, never a marker for the file or the skill. */
export class Place {
  readonly #surroundings: Surroundings;
  readonly #span: Span;

  constructor(surroundings: Surroundings, span: Span) {
    this.#surroundings = surroundings;
    this.#span = span;
  }

  get path(): string {
    return this.#surroundings.path;
  }

  get kind(): FileKind {
    return this.#surroundings.kind;
  }

  /** The whole text of the file, for what a rule wants to know of its own. */
  get isShell(): boolean {
    return this.#surroundings.isShell;
  }

  get isPython(): boolean {
    return this.#surroundings.isPython;
  }

  get fileText(): string {
    return this.#surroundings.text;
  }

  get start(): number {
    return this.#span.start;
  }

  /** In a comment that a page or a rendered Markdown text does not show. */
  get isHidden(): boolean {
    return spanAt(this.#surroundings.spans.comments, this.#span.start) !== null;
  }

  /** Between backquotes in a line of a text, which shows what is there as it is. */
  get isInCodeSpan(): boolean {
    return this.kind === "prose" && !this.isInFence && this.#isBetween("`");
  }

  get isInFence(): boolean {
    return spanAt(this.#surroundings.spans.fences, this.#span.start) !== null;
  }

  /** In front matter, which every assistant reads before it has chosen the skill. */
  get isInFrontMatter(): boolean {
    const { frontMatter } = this.#surroundings.spans;
    return frontMatter !== null && this.#span.start < frontMatter.end;
  }

  /** In a comment line of a program, which does nothing when it runs. */
  get isComment(): boolean {
    const before = this.linePrefix;
    if (this.kind !== "script" || before.length === SENTENCE_REACH) return false;
    const { start, end } = this.#span;
    const above = this.fileText.slice(Math.max(0, start - before.length - SENTENCE_REACH), Math.max(0, start - before.length - 1));
    const previousLine = above.slice(above.lastIndexOf("\n") + 1);
    const isOnItsOwn = end <= this.#surroundings.completeUntil;
    return isComment(this.path, this.fileText, { before, matched: this.fileText.slice(start, end), previousLine, isOnItsOwn });
  }

  get linePrefix(): string {
    const from = Math.max(0, this.#span.start - SENTENCE_REACH);
    const before = this.fileText.slice(from, this.#span.start);
    return before.slice(before.lastIndexOf("\n") + 1);
  }

  get lineSuffix(): string {
    const { end } = this.#span;
    return this.fileText.slice(end, Math.min(end + SENTENCE_REACH, this.#surroundings.lineEnd(end)));
  }

  get isQuoted(): boolean {
    return isQuoted(this.#sentenceBefore, this.#lineRest);
  }

  /** In a file of cases, one to a line: the same line says that it must not have its way. */
  get isCase(): boolean {
    return this.kind === "data" && CASE.test(`${this.linePrefix}${this.#lineRest}`);
  }

  get isMention(): boolean {
    if (this.isInFrontMatter || this.isHidden) return false;
    return isMention(this.#mentioned) || ((this.isInFence || this.#isInTableOrBlockQuote) && this.isShownAsBad);
  }

  get #isInTableOrBlockQuote(): boolean {
    return this.kind === "prose" && /^[ \t]*[|>]/u.test(this.linePrefix);
  }

  /** In a program: in quotes, so that it is run only if something else runs it. In the languages of shells quotes do not tell. */
  get isInString(): boolean {
    return this.kind === "script" && /\.(?:[cm]?[jt]sx?|py|rb|go|php|java|rs|cs)$/iu.test(this.path) && this.#isBetween("'\"");
  }

  /** Some quote of these is open before the match. */
  #isBetween(quotes: string): boolean {
    return Array.from(quotes).some((quote) => this.linePrefix.split(quote).length % 2 === 0 && this.#lineRest.includes(quote));
  }

  /** What leads to a block of code, or a comment in it, says that one must not do this. */
  get isShownAsBad(): boolean {
    return isShownAsBad(this.#lead);
  }

  get #mentioned(): Mentioned {
    return { before: this.#sentenceBefore, rest: this.#lineRest, lead: this.#lead, isProgram: this.kind === "script" };
  }

  /** What stands around the match on its line and, in prose, in its sentence. */
  get #sentenceBefore(): string {
    const prefix = this.linePrefix;
    const previous =
      this.kind === "prose" && !this.isInFence && !/^[ \t]*(?:[-*+|>#]|\d+[.)])/u.test(prefix) ? this.#wrappedBefore + prefix : prefix;
    return previous.split(/(?<=[.!?]["'”)]?)[ \t]+(?=["'“`(*]{0,2}[A-Z]|["“`])/u).at(-1) ?? "";
  }

  get #lineRest(): string {
    const { start } = this.#span;
    return this.fileText.slice(start, Math.min(start + 2 * SENTENCE_REACH, this.#surroundings.lineEnd(start)));
  }

  /** The line before, where a sentence is broken over lines. */
  get #wrappedBefore(): string {
    const lineStart = this.#span.start - this.linePrefix.length;
    const before = this.fileText.slice(Math.max(0, lineStart - SENTENCE_REACH), Math.max(0, lineStart - 1));
    const line = before.slice(before.lastIndexOf("\n") + 1);
    return line.trim() === "" || /^[ \t]*(?:[#|>]|```|~~~)/u.test(line) ? "" : `${line} `;
  }

  /** The nearest line above that leads to a list, a table or a fence: it ends in a colon, or is a heading. */
  get #lead(): string {
    const at = this.#span.start - this.linePrefix.length;
    const above = this.fileText.slice(Math.max(0, at - LEAD_REACH), at).split("\n");
    if (this.isInFence) return this.#leadOfFence;
    if (/^[ \t]*\|/u.test(this.linePrefix)) return leadOfTable(above);
    const isListed =
      /^[ \t]*(?:[-*+>]|\d+[.)]|\[|\{|\(|["'`]|[rbf]["'])/u.test(this.linePrefix) ||
      /=\s*[[({]?\s*["'`/]|re\.compile\(|RegExp\(/u.test(this.linePrefix);
    if (!isListed) return "";
    const own = /^[ \t]*[\w.]{2,60}\s*[:=]/u.exec(this.linePrefix)?.[0] ?? "";
    const lead =
      above
        .slice(0, -1)
        .findLast((line) =>
          /(?::|：)[ \t*_]*$|^#{1,6} |^[ \t]*(?:export |const |let |var |static |final |private )*[\w.: ]{2,60}=[ \t]*(?:[\w.]{0,30}\()?[[({]/u.test(
            line.trimEnd(),
          ),
        ) ?? "";
    return spaced(`${own} ${titleOfList(above.slice(0, -1))} ${lead}`);
  }

  /** The two lines with text before the fence, such as a heading and a caption, and a comment line right above. */
  get #leadOfFence(): string {
    const fence = spanAt(this.#surroundings.spans.fences, this.#span.start);
    const from = fence?.start ?? 0;
    const above = this.fileText
      .slice(Math.max(0, from - LEAD_REACH), from)
      .split("\n")
      .filter((line) => line.trim() !== "");
    const inside = this.fileText
      .slice(Math.max(from, this.#span.start - SENTENCE_REACH), this.#span.start)
      .split("\n")
      .slice(-3, -1);
    const comment = inside.findLast((line) => NOTE_LINE.test(line)) ?? "";
    return [...above.slice(-2), comment].join("\n");
  }
}

/** The line right above a list, which may be all the heading that it has. */
function titleOfList(above: readonly string[]): string {
  const title = above.findLast((line) => !/^[ \t]*(?:[-*+]|\d+[.)])[ \t]/u.test(line)) ?? "";
  return title.length <= MOST_OF_TITLE && !/[.!?;][ \t]*$/u.test(title) ? title : "";
}

const CASE = /"(?:must_not|should_(?:refuse|block|be_refused|be_blocked)|is_(?:attack|injection|malicious|jailbreak))"\s{0,3}:/u;
const MOST_OF_TITLE = 60;

/** Its header, and the line above it. */
function leadOfTable(above: readonly string[]): string {
  const rows = above.toReversed();
  const first = rows.findIndex((line, at) => at > 0 && !/^[ \t]*\|/u.test(line));
  const header = (first < 0 ? rows.at(-1) : rows[first - 1]) ?? "";
  const caption = first < 0 ? "" : (rows.slice(first).find((line) => line.trim() !== "") ?? "");
  return `${caption}\n${header}`;
}

/** Names of variables as words. */
function spaced(text: string): string {
  return text.replaceAll(/_|(?<=[a-z])(?=[A-Z])/gu, " ");
}
