/** A text as something that reads it differently would see it: unfolded, put together, decoded. */
export interface View {
  readonly text: string;
  /** How it was made out of the file's text; null for the text itself. */
  readonly disguise: string | null;
  /** Whether only somebody with something to hide writes so. */
  readonly isSuspicious: boolean;
  /** Where a place of this text comes from, in the file's text. */
  sourceOffset(offset: number): number;
}

export function plainView(text: string): View {
  return { text, disguise: null, isSuspicious: false, sourceOffset: (offset) => offset };
}

/** A stretch of a view that was copied from its source, or replaces some of it. */
export interface Piece {
  readonly text: string;
  readonly source: number;
  /** Each unit of a copied stretch has a place of its own; a replacement stands at one place. */
  readonly isCopy: boolean;
}

/** Keeps where each piece came from. */
export class ViewBuilder {
  readonly #texts: string[] = [];
  readonly #starts: number[] = [];
  readonly #sources: number[] = [];
  readonly #copies: boolean[] = [];
  #length = 0;

  add({ text, source, isCopy }: Piece): void {
    if (text === "") return;
    this.#texts.push(text);
    this.#starts.push(this.#length);
    this.#sources.push(source);
    this.#copies.push(isCopy);
    this.#length += text.length;
  }

  view(disguise: string, isSuspicious: boolean): View {
    return { text: this.#texts.join(""), disguise, isSuspicious, sourceOffset: (offset) => this.#sourceOffset(offset) };
  }

  #sourceOffset(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const source = this.#sources[low] ?? 0;
    return this.#copies[low] ? source + offset - (this.#starts[low] ?? 0) : source;
  }
}

/** Only these stretches of a text. */
export function partsView(text: string, parts: readonly { readonly start: number; readonly end: number }[]): View {
  const builder = new ViewBuilder();
  for (const { start, end } of parts) builder.add({ text: `${text.slice(start, end)}\n`, source: start, isCopy: true });
  return { ...builder.view("", false), disguise: null };
}

/** A view of a view: its places go back to the file's own text. */
export function through(view: View, below: View | null): View {
  if (below === null) return view;
  return {
    text: view.text,
    disguise: below.disguise ?? view.disguise,
    isSuspicious: view.isSuspicious || below.isSuspicious,
    sourceOffset: (offset) => below.sourceOffset(view.sourceOffset(offset)),
  };
}
