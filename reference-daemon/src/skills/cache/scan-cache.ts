import { CodedError } from "@flynn/sdk/kernel";
import type { Clock } from "@flynn/sdk/kernel";
import type { HostSuppression, ScanResult } from "@flynn/sdk/skill-scanner";

import type { SkillToScan } from "../batch/skill-batch.ts";
import type { Pacing } from "../pacing.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import { cacheEntrySchema, entryOf, isValid } from "./cache-entry.ts";
import type { CacheEntry } from "./cache-entry.ts";
import { cacheError } from "./cache-error.ts";
import { readCacheFile, writeCacheFile } from "./cache-file.ts";
import { treeState } from "../tree/tree-state.ts";
import type { TreeState } from "../tree/tree-state.ts";

export interface ScanCacheOptions {
  readonly path: string;
  /** See `cacheKey`. */
  readonly key: string;
  readonly suppressions: readonly HostSuppression[];
  readonly fileSystem: SkillFileSystem;
  readonly clock: Pick<Clock, "wall">;
  readonly pacing: Pacing;
  readonly signal: AbortSignal;
  /** Told in one sentence why there is nothing to take from a file that is there. */
  readonly onProblem: (problem: string) => Promise<void>;
}

/** A skill that has to be scanned, and how it looked before that. */
export interface CacheMiss {
  readonly skill: SkillToScan;
  readonly before: TreeState | null;
  readonly scannedAt: number;
}

/**
 * Results from before, each for a tree of which the file system says that nothing in it has changed. Every entry of the tree is
 * looked at each time, and a single number that differs means that all of it is scanned.
 */
export class ScanCache {
  readonly #options: ScanCacheOptions;
  readonly #known: ReadonlyMap<string, CacheEntry>;
  readonly #kept: CacheEntry[] = [];
  #taken = 0;

  private constructor(options: ScanCacheOptions, known: readonly CacheEntry[]) {
    this.#options = options;
    this.#known = new Map(known.map((entry) => [nameOf(entry), entry]));
  }

  /** Throws `UNSAFE` for a file that others may write. What is damaged or cannot be read is told, and is as if it were not there. */
  static async open(options: ScanCacheOptions): Promise<ScanCache> {
    try {
      return new ScanCache(options, await entriesIn(options));
    } catch (error) {
      if (!CodedError.is(error) || error.code === "UNSAFE") throw error;
      await options.onProblem(error.message);
      return new ScanCache(options, []);
    }
  }

  /** The result from before, or how the skill looks now. */
  async look(skill: SkillToScan): Promise<ScanResult | CacheMiss> {
    const scannedAt = this.#options.clock.wall();
    const before = await this.#state(skill);
    const entry = this.#known.get(nameOf(skill));
    if (before === null || entry === undefined || !isValid(entry, scannedAt, before)) return { skill, before, scannedAt };
    this.#taken += 1;
    this.#kept.push(entry);
    return entry.result;
  }

  /** Remembers the result, if the skill still looks as it did before. */
  async keep({ skill, before, scannedAt }: CacheMiss, result: ScanResult): Promise<void> {
    const after = result.complete && before !== null ? await this.#state(skill) : null;
    const entry = entryOf(skill, { before, after, scannedAt, result, suppressions: this.#options.suppressions });
    if (entry !== null) this.#kept.push(entry);
  }

  /** Writes down what was taken and kept, and nothing else, so that the file does not grow for ever. Throws `UNWRITABLE`. */
  async save(): Promise<void> {
    const { path, key } = this.#options;
    const isAsItWas = this.#taken === this.#kept.length && this.#taken === this.#known.size;
    if (isAsItWas && this.#taken > 0) return;
    await writeCacheFile(path, { key, lines: this.#kept.map((entry) => JSON.stringify(entry)) });
  }

  async #state({ root }: SkillToScan): Promise<TreeState | null> {
    const { fileSystem, pacing, signal } = this.#options;
    return await pacing.run(treeState(fileSystem, root), signal);
  }
}

async function entriesIn({ path, key }: ScanCacheOptions): Promise<CacheEntry[]> {
  const content = await readCacheFile(path);
  if (content === null || content.key !== key) return [];
  try {
    return content.lines.map((line) => cacheEntrySchema.parse(JSON.parse(line)));
  } catch (error) {
    throw cacheError("INVALID", `The cache ${path} is damaged; it is written anew.`, error);
  }
}

function nameOf({ root, skillName }: Pick<CacheEntry, "root" | "skillName">): string {
  return `${skillName}\0${root}`;
}
