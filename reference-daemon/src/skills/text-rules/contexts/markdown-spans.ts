/** A stretch of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Parts of a Markdown text that are read in another way than the rest. */
export interface MarkdownSpans {
  readonly fences: readonly Span[];
  readonly comments: readonly Span[];
  readonly frontMatter: Span | null;
}

const FENCE = /^[ \t]{0,12}(?:[-*+] {1,3}|\d{1,3}[.)] {1,3}|> ?)*(`{3,}|~{3,})/u;

/** One pass over the lines; fences that are not closed go on to the end. */
export function markdownSpans(text: string): MarkdownSpans {
  const fences: Span[] = [];
  let open: { readonly start: number; readonly mark: string } | null = null;
  for (let line = 0; line < text.length;) {
    const lineEnd = endOfLine(text, line);
    // A longer line is no fence, and need not be copied.
    const mark = FENCE.exec(text.slice(line, Math.min(lineEnd, line + 80)))?.[1];
    if (mark !== undefined) {
      if (open === null) {
        open = { start: line, mark };
      } else if (mark.startsWith(open.mark)) {
        fences.push({ start: open.start, end: lineEnd });
        open = null;
      }
    }
    line = lineEnd + 1;
  }
  if (open !== null) fences.push({ start: open.start, end: text.length });
  return { fences, comments: htmlComments(text), frontMatter: frontMatterOf(text) };
}

function htmlComments(text: string): Span[] {
  const comments: Span[] = [];
  for (let start = text.indexOf("<!--"); start >= 0;) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (!isCode(text, start, end)) comments.push({ start, end });
    start = text.indexOf("<!--", end);
  }
  return comments;
}

/** Between two backquotes on one line, where a page shows it. */
function isCode(text: string, start: number, end: number): boolean {
  const lineEnd = endOfLine(text, start);
  if (end > lineEnd) return false;
  const before = text.slice(Math.max(text.lastIndexOf("\n", start) + 1, start - MOST_BEFORE), start);
  return before.split("`").length % 2 === 0 && text.slice(end, Math.min(lineEnd, end + MOST_BEFORE)).includes("`");
}

const MOST_BEFORE = 320;

function frontMatterOf(text: string): Span | null {
  if (!/^\uFEFF?---\r?\n/u.test(text)) return null;
  const close = text.indexOf("\n---", 3);
  return close < 0 ? null : { start: 0, end: close + 4 };
}

export function endOfLine(text: string, offset: number): number {
  const lineFeed = text.indexOf("\n", offset);
  return lineFeed < 0 ? text.length : lineFeed;
}

/** The span that holds the offset, in spans that are sorted and do not overlap. */
export function spanAt(spans: readonly Span[], offset: number): Span | null {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return null;
    if (offset < span.start) high = middle - 1;
    else if (offset >= span.end) low = middle + 1;
    else return span;
  }
  return null;
}
