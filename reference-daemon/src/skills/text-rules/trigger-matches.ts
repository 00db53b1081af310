import type { Trigger } from "./text-rule.ts";

/** How far after its anchor a match may end where it may begin before it, unless the trigger says otherwise. */
const REACH = 480;

export interface TriggerMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** The match of a trigger's pattern that begins at its anchor, or that holds the anchor where it may begin before it. */
export function triggerMatch({ pattern, behind = 0, reach = REACH, until }: Trigger, text: string, anchor: number): TriggerMatch | null {
  if (behind === 0) {
    pattern.lastIndex = anchor;
    const found = pattern.exec(text);
    if (!found) return null;
    const end = anchor + found[0].length;
    if (until === undefined) return { start: anchor, end, groups: found.groups ?? {} };
    const close = text.indexOf(until, end);
    const spanEnd = close < 0 ? text.length : close;
    return { start: anchor, end: spanEnd, groups: { hidden: text.slice(end, spanEnd) } };
  }
  const from = Math.max(0, anchor - behind);
  const window = text.slice(from, anchor + reach);
  pattern.lastIndex = 0;
  for (let found = pattern.exec(window); found; found = pattern.exec(window)) {
    const start = from + found.index;
    if (start > anchor) return null;
    if (start + found[0].length > anchor) return { start, end: start + found[0].length, groups: found.groups ?? {} };
    if (found[0] === "") pattern.lastIndex += 1;
  }
  return null;
}
