/** Where the YAML of a SKILL.md stands: in UTF-16 code units, without its two fences. */
export interface FrontmatterSpan {
  readonly start: number;
  readonly end: number;
}

const FENCE = "---";
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The text between the first line, which is exactly `---`, and the next line that is. A line ends in LF or CRLF. Otherwise a
 * sentence that says what is wrong.
 */
export function findFrontmatter(text: string): FrontmatterSpan | string {
  const first = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const start = lineAfter(text, first);
  if (lineAt(text, first) !== FENCE) return "The first line is not exactly ---";
  for (let line = start; line < text.length; line = lineAfter(text, line)) {
    if (lineAt(text, line) === FENCE) return { start, end: line };
  }
  return "The front matter is not closed by a line that is exactly ---";
}

function lineAfter(text: string, offset: number): number {
  const lineFeed = text.indexOf("\n", offset);
  return lineFeed < 0 ? text.length : lineFeed + 1;
}

/** Only lines that could be a fence are of interest, so that a long line is not copied. */
function lineAt(text: string, offset: number): string {
  const line = text.slice(offset, lineAfter(text, offset) - offset <= 5 ? lineAfter(text, offset) : offset + 5);
  return line.replace(/\r?\n$/u, "");
}
