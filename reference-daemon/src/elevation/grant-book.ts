import type { GrantState } from "@flynn/sdk/elevation-gate";

import type { Grant } from "./grant.ts";

/** How the last request of a key ended, for the answer to a code that comes late. */
interface Ending {
  readonly state: GrantState;
  /** On the monotonic clock: the one that nobody can set ahead to get out of a lock. */
  readonly lockedUntil: number;
}

const MOST_ENDINGS = 1_000;

/** The live grants, by id and by whose they are. Holds nothing of a grant once it is over but how it ended, and few of those. */
export class GrantBook {
  readonly #live = new Map<string, Grant>();
  readonly #current = new Map<string, Grant>();
  readonly #endings = new Map<string, Ending>();

  /** Every live grant, also one whose request is still being audited. */
  live(): readonly Grant[] {
    return [...this.#live.values()];
  }

  /** The grant that the key's codes and calls are about. */
  current(key: string): Grant | undefined {
    return this.#current.get(key);
  }

  add(grant: Grant): void {
    this.#live.set(grant.grantId, grant);
  }

  makeCurrent(grant: Grant): void {
    this.#current.set(grant.key, grant);
    this.#endings.delete(grant.key);
  }

  remove(grant: Grant, lockedUntil = 0): void {
    this.#live.delete(grant.grantId);
    if (this.#current.get(grant.key) !== grant) return;
    this.#current.delete(grant.key);
    this.#endings.set(grant.key, { state: grant.state, lockedUntil });
    const [oldest] = this.#endings.keys();
    if (this.#endings.size > MOST_ENDINGS && oldest !== undefined) this.#endings.delete(oldest);
  }

  lastEnd(key: string): Ending | undefined {
    return this.#endings.get(key);
  }

  clear(): void {
    for (const { timer } of this.#live.values()) timer?.[Symbol.dispose]();
    this.#live.clear();
    this.#current.clear();
    this.#endings.clear();
  }
}
