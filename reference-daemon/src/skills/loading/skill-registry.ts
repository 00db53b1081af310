import type { Clock } from "@flynn/sdk/kernel";

import { runAtOnce } from "../run-at-once.ts";
import { errorCode } from "../tree/file-trouble.ts";
import { nodeFileSystem } from "../tree/node-file-system.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import { hasRested, treeState } from "../tree/tree-state.ts";
import type { TreeState } from "../tree/tree-state.ts";
import { loadSkill } from "./load-skill.ts";
import type { LoadOptions } from "./load-skill.ts";
import { skillFolders } from "./skill-folders.ts";
import type { SkillOutcome } from "./skill-outcome.ts";
import { NO_SKILLS, skillSet } from "./skill-set.ts";
import type { SkillSet } from "./skill-set.ts";

export interface SkillRegistryOptions extends Omit<LoadOptions, "signal"> {
  readonly clock: Pick<Clock, "wall">;
}

interface KnownSkill {
  readonly digest: string;
  /** Unix time in milliseconds, when the first suppression that was in force expires. */
  readonly until: number;
  readonly outcome: SkillOutcome;
}

/** The skills in one folder, as they were when it was last looked at. Whoever watches the folder calls {@link reload}. */
export class SkillRegistry {
  readonly #parent: string;
  readonly #options: SkillRegistryOptions;
  readonly #fileSystem: SkillFileSystem;
  #known = new Map<string, KnownSkill>();
  #skills: SkillSet = NO_SKILLS;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parent: string, options: SkillRegistryOptions) {
    this.#parent = parent;
    this.#options = options;
    this.#fileSystem = options.fileSystem ?? nodeFileSystem;
  }

  /** Always of one look at the folder, never a part of two. Empty before the first one. */
  get skills(): SkillSet {
    return this.#skills;
  }

  /**
   * Looks again, scans what has changed since, and takes the place of what was there before. A skill that is not safe any more is
   * gone, however good it was. Where the folder cannot be listed, there are no skills, and what the system said is thrown unless the
   * folder just is not there. An abort leaves everything as it was. One look at a time; the next one waits.
   */
  async reload(signal?: AbortSignal): Promise<SkillSet> {
    const turn = this.#last.then(() => this.#look(signal));
    this.#last = turn.catch(() => {});
    return await turn;
  }

  async #look(signal: AbortSignal | undefined): Promise<SkillSet> {
    const known = new Map<string, KnownSkill>();
    const outcomes: SkillOutcome[] = [];
    for (const folder of this.#folders()) {
      const skill = await this.#skillIn(folder, signal);
      if ("digest" in skill) known.set(folder, skill);
      outcomes.push(skill.outcome);
    }
    this.#known = known;
    this.#skills = skillSet(outcomes);
    return this.#skills;
  }

  #folders(): string[] {
    try {
      return skillFolders(this.#fileSystem, this.#parent);
    } catch (error) {
      this.#known = new Map();
      this.#skills = NO_SKILLS;
      if (errorCode(error) === "ENOENT") return [];
      throw error;
    }
  }

  async #skillIn(folder: string, signal: AbortSignal | undefined): Promise<KnownSkill | Pick<KnownSkill, "outcome">> {
    const now = this.#options.clock.wall();
    const before = this.#stateOf(folder);
    const known = this.#known.get(folder);
    if (known && known.digest === before?.digest && now < known.until) return known;
    const outcome = await loadSkill(folder, { ...this.#options, signal });
    const isSettled = before !== null && hasRested(before, now);
    const isSame = isSettled && this.#stateOf(folder)?.digest === before.digest;
    const isJudged = outcome.kind === "loaded" || outcome.code === "REJECTED" || outcome.code === "MALFORMED";
    return isSame && isJudged ? { digest: before.digest, until: this.#firstExpiry(now), outcome } : { outcome };
  }

  /** All at once: a skill is small, and its whole tree is to be seen at one time. */
  #stateOf(folder: string): TreeState | null {
    return runAtOnce(treeState(this.#fileSystem, folder));
  }

  #firstExpiry(now: number): number {
    const { suppressions = [] } = this.#options.request?.policy ?? {};
    return Math.min(...suppressions.map(({ expires }) => Date.parse(expires)).filter((instant) => instant > now));
  }
}
