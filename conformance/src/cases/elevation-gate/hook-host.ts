import type { HookPrompt } from "@flynn/sdk/elevation-gate";
import type { Json } from "@flynn/sdk/kernel";

import type { PortAnswer, PortHandler } from "../../judge/open-instance.ts";

const ALLOWS: PortAnswer = { value: { allow: true } };

/** The host's end of the `hook` port: allows, answers something else, or keeps the question until the case says so. */
export class HookHost {
  readonly prompts: HookPrompt[] = [];
  #answer: PortAnswer = ALLOWS;
  #isHolding = false;
  #passes = 0;
  #held: (() => void)[] = [];
  #asked = Promise.withResolvers<void>();

  readonly handler: PortHandler = async ([prompt]) => {
    this.prompts.push(prompt as unknown as HookPrompt);
    this.#asked.resolve();
    if (this.#passes > 0) this.#passes -= 1;
    else if (this.#isHolding) await new Promise<void>((resolve) => this.#held.push(resolve));
    return this.#answer;
  };

  answers(value: Json): void {
    this.#answer = { value };
  }

  fails(): void {
    this.#answer = { reject: { code: "UNAVAILABLE", message: "The hook failed" } };
  }

  hold(): void {
    this.#isHolding = true;
    this.#asked = Promise.withResolvers<void>();
  }

  /** Resolves once the hook is asked. Never, where it is not: race it with the call that should ask. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Lets one question pass while others are kept. */
  allowNext(): void {
    this.#passes += 1;
  }

  letGo(): void {
    this.#isHolding = false;
    for (const settle of this.#held.splice(0)) settle();
  }
}
