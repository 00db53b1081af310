import type { Action, RuleInfo } from "@flynn/sdk/skill-scanner";

import type { Place } from "./contexts/place.ts";

/**
 * What a rule looks at, which decides where a hit counts for less:
 *
 * - `words`: what an assistant reads and may obey. A phrase that is quoted and talked about is a note.
 * - `commands`: what a shell or a program would do. A comment of a program does nothing; a command that a text advises against
 *   is a note.
 * - `bytes`: what is there or is not, such as a credential or an invisible character. No context lowers it.
 */
export type Subject = "words" | "commands" | "bytes";

export interface TextRuleInfo extends RuleInfo {
  readonly why: string;
  /** The nearest code of ClawHub's vocabulary. */
  readonly reasonCode: string;
}

/** A skill file that the rule finds something in, and one, much like it, in which it finds nothing. */
export interface Example {
  /** The name of the file, which may decide how it is read. */
  readonly path: string;
  readonly caught: string;
  /** The same without what the rule is about. */
  readonly instead: string;
}

/** One form of what a rule looks for. */
export interface Trigger {
  /** In lower case; at least one of them stands in every match. The rarer, the faster. */
  readonly anchors: readonly string[];
  /**
   * Tried at each anchor. Each repetition in it has an upper bound, so that a try takes bounded time. It is sticky at the
   * anchor's start, unless `behind` is given.
   */
  readonly pattern: RegExp;
  /** How far before the anchor a match may begin, in UTF-16 code units. */
  readonly behind?: number;
  /** With `behind`: how far after the anchor's start a match may end. */
  readonly reach?: number;
  /**
   * The match goes on to this, or to the end of the text, and the group `hidden` holds what is between. Matches of such a
   * trigger do not overlap.
   */
  readonly until?: string;
  /** The paths of the only files that this is about; all files, if left out. */
  readonly where?: RegExp;
  /** Says more about a match; null if it is none after all. */
  readonly judge?: (match: Match) => Judgement | null;
  /** Left out where the rule's own subject is meant. */
  readonly subject?: Subject;
}

export interface Match {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What the pattern's groups hold. */
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly place: Place;
  /** The same stretch of the file itself, which differs where the text is put together, unfolded or decoded. */
  readonly source: string;
  /** Whether the text was encoded in the file. */
  readonly isDecoded: boolean;
  readonly installerHosts: readonly string[];
  /** Whether the text that the match is in, from one end to the other, also holds this. Asked once for each text. */
  readonly has: (signal: RegExp) => boolean;
  /** The same within some thousand characters of the match. */
  readonly isNear: (signal: RegExp) => boolean;
}

export interface Judgement {
  /** In place of the rule's own. */
  readonly action?: Action;
  /** A sentence without its full stop, in place of the rule's summary. Nothing from the skill goes in unescaped. */
  readonly what?: string;
  /** What must not be shown: only its first characters are. */
  readonly secret?: string;
}

export interface TextRule {
  readonly info: TextRuleInfo;
  readonly example: Example;
  readonly subject: Subject;
  readonly triggers: readonly Trigger[];
}

/** `base` holds what all rules of a family share. */
export function defineTextRule({
  example,
  subject,
  triggers,
  ...info
}: Omit<TextRuleInfo, "since"> & { readonly since?: string } & Omit<TextRule, "info">): TextRule {
  return { info: { since: "0.1.0", ...info }, example, subject, triggers };
}
