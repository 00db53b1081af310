import type { Trigger } from "./text-rule.ts";

/** How far after its anchor a match may end where it may begin before it, unless the trigger says otherwise. */
const REACH = 480;

export interface TriggerMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/**
 * The matches of one trigger in one text, anchor by anchor. What was looked through once is not looked through again, so that a
 * text that repeats an anchor takes time that is linear in its length.
 */
export class TriggerMatches {
  readonly #trigger: Trigger;
  readonly #text: string;
  /** No match holds an anchor before this, but the ones that were given. */
  #clearUntil = 0;
  /** No other match begins before this. */
  #resumeAt = 0;

  constructor(trigger: Trigger, text: string) {
    this.#trigger = trigger;
    this.#text = text;
  }

  /** The match that begins at the anchor, or that holds it where it may begin before it. Anchors come in their order. */
  at(anchor: number): TriggerMatch | null {
    if (anchor < this.#clearUntil) return null;
    return this.#trigger.behind === undefined ? this.#fromAnchor(anchor) : this.#around(anchor, this.#trigger.behind);
  }

  #fromAnchor(anchor: number): TriggerMatch | null {
    const { pattern, until } = this.#trigger;
    pattern.lastIndex = anchor;
    const found = pattern.exec(this.#text);
    if (!found) return null;
    const end = anchor + found[0].length;
    if (until === undefined) return { start: anchor, end, groups: found.groups ?? {} };
    const close = this.#text.indexOf(until, end);
    const spanEnd = close < 0 ? this.#text.length : close;
    this.#clearUntil = spanEnd;
    return { start: anchor, end: spanEnd, groups: { hidden: this.#text.slice(end, spanEnd) } };
  }

  #around(anchor: number, behind: number): TriggerMatch | null {
    const { pattern, reach = REACH } = this.#trigger;
    const from = Math.max(this.#resumeAt, anchor - behind, 0);
    const window = this.#text.slice(from, anchor + 2 * reach);
    pattern.lastIndex = 0;
    for (let found = pattern.exec(window); found; found = pattern.exec(window)) {
      const start = from + found.index;
      if (start > anchor) {
        this.#clearUntil = start;
        return null;
      }
      if (start + found[0].length > anchor) {
        this.#resumeAt = start + 1;
        return { start, end: start + found[0].length, groups: found.groups ?? {} };
      }
      if (found[0] === "") pattern.lastIndex += 1;
    }
    this.#clearUntil = anchor + reach;
    return null;
  }
}
