import type { Trigger } from "./text-rule.ts";
import { TriggerMatches } from "./trigger-matches.ts";
import type { TriggerMatch } from "./trigger-matches.ts";

const BLOCK = 1_024;
const NEAR = 3_000;

/** What is asked of one text again and again, each answered once. */
export class ViewScan {
  readonly #text: string;
  readonly #matches = new Map<Trigger, TriggerMatches>();
  readonly #held = new Map<RegExp, boolean>();
  readonly #near = new Map<RegExp, Map<number, boolean>>();

  constructor(text: string) {
    this.#text = text;
  }

  match(trigger: Trigger, anchor: number): TriggerMatch | null {
    let matches = this.#matches.get(trigger);
    if (!matches) this.#matches.set(trigger, (matches = new TriggerMatches(trigger, this.#text)));
    return matches.at(anchor);
  }

  /** Whether the text holds it anywhere. */
  has(signal: RegExp): boolean {
    let held = this.#held.get(signal);
    if (held === undefined) this.#held.set(signal, (held = signal.test(this.#text)));
    return held;
  }

  /** Whether it stands within a few thousand characters, to either side. */
  isNear(signal: RegExp, offset: number): boolean {
    if (!this.has(signal)) return false;
    let blocks = this.#near.get(signal);
    if (!blocks) this.#near.set(signal, (blocks = new Map()));
    const block = Math.floor(offset / BLOCK);
    let near = blocks.get(block);
    if (near === undefined) {
      near = signal.test(this.#text.slice(Math.max(0, block * BLOCK - NEAR), (block + 1) * BLOCK + NEAR));
      blocks.set(block, near);
    }
    return near;
  }
}
