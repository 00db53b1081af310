import type { TextPosition } from "../../text-position.ts";
import { completeUntil } from "./comment-lines.ts";
import { fileKind, isPythonScript, isShellScript } from "./file-kind.ts";
import type { FileKind } from "./file-kind.ts";
import { endOfLine, markdownSpans, spanAt } from "./markdown-spans.ts";
import type { MarkdownSpans, Span } from "./markdown-spans.ts";
import { Place } from "./place.ts";

/** What is around each place of one file. Each part is found when it is first asked for, and once. */
export class Surroundings {
  readonly path: string;
  readonly text: string;
  readonly kind: FileKind;
  /** Whether a shell reads it, to which a backslash before any letter is nothing. */
  readonly isShell: boolean;
  readonly isPython: boolean;
  readonly #held = new Map<RegExp, boolean>();
  #spans: MarkdownSpans | undefined;
  #lineStarts: number[] | undefined;
  #completeUntil: number | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.kind = fileKind(path, text);
    this.isShell = isShellScript(path, text);
    this.isPython = isPythonScript(path, text, this.kind);
  }

  /** Whether the file holds it anywhere. */
  has(signal: RegExp): boolean {
    let held = this.#held.get(signal);
    if (held === undefined) this.#held.set(signal, (held = signal.test(this.text)));
    return held;
  }

  place(start: number, end: number): Place {
    return new Place(this, { start, end });
  }

  get spans(): MarkdownSpans {
    return (this.#spans ??= this.kind === "script" || this.kind === "data" ? NO_SPANS : markdownSpans(this.text));
  }

  get completeUntil(): number {
    return (this.#completeUntil ??= completeUntil(this.path, this.text));
  }

  spanAround(spans: readonly Span[], offset: number): Span | null {
    return spanAt(spans, offset);
  }

  position(offset: number): TextPosition {
    const starts = (this.#lineStarts ??= lineStarts(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  lineEnd(offset: number): number {
    return endOfLine(this.text, offset);
  }
}

const NO_SPANS: MarkdownSpans = { fences: [], comments: [], frontMatter: null };

/** LF, CRLF and a lone CR each end a line, as in an editor. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(index + 1) !== 0x0a)) starts.push(index + 1);
  }
  return starts;
}
