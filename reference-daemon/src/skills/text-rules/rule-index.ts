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

  constructor(rules: readonly TextRule[]) {
    const triggers = new Map<string, IndexedTrigger[]>();
    for (const rule of rules) {
      for (const trigger of rule.triggers) {
        for (const anchor of new Set(trigger.anchors)) {
          const found = triggers.get(anchor) ?? [];
          found.push({ rule, trigger });
          triggers.set(anchor, found);
        }
      }
    }
    const joints = new Set(JOINT_SIGNS);
    const words = [...new Set([...triggers.keys(), ...joints, ...SPELLING_SIGNS.keys()])];
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
      if (literal.isJointSign) joints.push(end - literal.length);
      if (literal.sign !== undefined) signs.add(literal.sign);
      if (literal.triggers.length > 0) anchors.push({ start: end - literal.length, triggers: literal.triggers });
    });
    return { anchors, joints, signs };
  }
}

export interface Anchor {
  readonly start: number;
  readonly triggers: readonly IndexedTrigger[];
}
