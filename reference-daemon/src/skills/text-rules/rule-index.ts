import { LiteralMatcher } from "./literal-matcher.ts";
import { SPELLING_SIGNS } from "./decoding/spelling-signs.ts";
import type { SpellingSign } from "./decoding/spelling-signs.ts";
import type { TextRule, Trigger } from "./text-rule.ts";
import { JOINT_SIGNS } from "./views/joined-view.ts";

export interface IndexedTrigger {
  readonly rule: TextRule;
  readonly trigger: Trigger;
}

/** What a literal is there for. */
interface IndexedLiteral {
  readonly length: number;
  readonly triggers: readonly IndexedTrigger[];
  readonly isJointSign: boolean;
  readonly sign: SpellingSign | undefined;
}

/** What a text says about how it is to be read. */
export interface TextSigns {
  /** Where parts of it may be put together, in order. */
  readonly joints: readonly number[];
  readonly signs: ReadonlySet<SpellingSign>;
}

/** All literals of all rules in one matcher. */
export class RuleIndex {
  readonly #literals: readonly IndexedLiteral[];
  readonly #matcher: LiteralMatcher;
  /** Long rows of one character, which are cheaper to find one by one. */
  readonly #runs: readonly { readonly run: string; readonly triggers: readonly IndexedTrigger[] }[];

  constructor(rules: readonly TextRule[]) {
    const triggers = new Map<string, IndexedTrigger[]>();
    for (const rule of rules) {
      for (const trigger of rule.triggers) {
        for (const anchor of new Set(trigger.anchors.flatMap(inEveryCase))) {
          const found = triggers.get(anchor) ?? [];
          found.push({ rule, trigger });
          triggers.set(anchor, found);
        }
      }
    }
    const joints = new Set(JOINT_SIGNS);
    const runs = [...triggers.keys()].filter(isRun);
    this.#runs = runs.map((run) => ({ run, triggers: triggers.get(run) ?? [] }));
    const words = [...new Set([...triggers.keys(), ...joints, ...SPELLING_SIGNS.keys()])].filter((word) => !isRun(word));
    this.#literals = words.map((word) => ({
      length: word.length,
      triggers: triggers.get(word) ?? [],
      isJointSign: joints.has(word),
      sign: SPELLING_SIGNS.get(word),
    }));
    this.#matcher = new LiteralMatcher(words);
  }

  find(text: string): TextSigns & { readonly anchors: readonly Anchor[] } {
    const anchors: Anchor[] = [];
    const joints: number[] = [];
    const signs = new Set<SpellingSign>();
    this.#matcher.find(text, (number, end) => {
      const literal = this.#literals[number];
      if (!literal) return;
      const start = end - literal.length;
      if (literal.isJointSign) joints.push(start);
      if (literal.sign !== undefined) signs.add(literal.sign);
      if (literal.triggers.length > 0) anchors.push({ start, triggers: literal.triggers });
    });
    for (const { run, triggers } of this.#runs) {
      for (const start of startsOfRuns(text, run)) anchors.push({ start, triggers });
    }
    return { anchors, joints, signs };
  }
}

/** The matcher folds ASCII only: other letters come at the start of a sentence, and in capitals, as literals of their own. */
function inEveryCase(anchor: string): string[] {
  const [first = ""] = anchor;
  if (first < "\u0080") return [anchor];
  const capitals = anchor.toUpperCase();
  return [anchor, first.toUpperCase() + anchor.slice(first.length), capitals].filter((word) => !/[A-Z]/u.test(word));
}

const SHORTEST_RUN = 8;

function isRun(literal: string): boolean {
  return literal.length >= SHORTEST_RUN && literal === literal.charAt(0).repeat(literal.length);
}

/** Each row counts once, however long it is. */
function* startsOfRuns(text: string, run: string): Generator<number> {
  for (let start = text.indexOf(run); start >= 0;) {
    yield start;
    let end = start + run.length;
    while (end < text.length && text.charAt(end) === run.charAt(0)) end += 1;
    start = text.indexOf(run, end);
  }
}

export interface Anchor {
  readonly start: number;
  readonly triggers: readonly IndexedTrigger[];
}
