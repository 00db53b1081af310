import type { Finding, Limits } from "@flynn/sdk/skill-scanner";

import { MANIFEST_FILE, SKILL_FILE } from "../metadata-files.ts";
import { finding } from "../rules/finding.ts";
import { frontmatterRules, manifestRules } from "../rules/metadata-rules.ts";
import { treeRules } from "../rules/tree-rules.ts";

/** Ends the scan: the first limit on a size or a count that is breached is the only one that is reported. */
export class LimitBreach extends Error {
  override readonly name = "LimitBreach";
  readonly finding: Finding;

  constructor(breach: Finding) {
    super(breach.ruleId);
    this.finding = breach;
  }
}

/**
 * Links and special files have no limit of their own in a request, and each of them rejects the skill anyway. This many are
 * listed; one more ends the scan like any other count.
 */
const MOST_REFUSED_ENTRIES = 1_000;

/** Counts what the walk finds, and throws a {@link LimitBreach} at the first that is one too many. */
export class SizeLimits {
  readonly #limits: Limits;
  #files = 0;
  #directories = 0;
  #refused = 0;
  #totalBytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** How many more entries, of whatever kind, could still be within the limits. */
  entriesLeft(): number {
    const { files, directories } = this.#limits;
    return files - this.#files + (directories - this.#directories) + (MOST_REFUSED_ENTRIES - this.#refused);
  }

  tooManyEntries(folder: string): LimitBreach {
    const what = "A folder holds more entries than all limits on counts together allow";
    return new LimitBreach(finding(treeRules.count, { path: "", what, evidence: folder }));
  }

  countDirectory(): void {
    this.#directories += 1;
    if (this.#directories > this.#limits.directories) throw tooMany("folders", this.#limits.directories);
  }

  countRefused(): void {
    this.#refused += 1;
    if (this.#refused > MOST_REFUSED_ENTRIES) throw tooMany("links and special files", MOST_REFUSED_ENTRIES);
  }

  /** Takes the size from the file's metadata, so that nothing of a file that is too large is read. */
  countFile(path: string, bytes: number): void {
    this.#files += 1;
    this.#totalBytes += bytes;
    const { files, fileBytes, skillFileBytes, manifestBytes, totalBytes } = this.#limits;
    if (this.#files > files) throw tooMany("files", files);
    if (bytes > fileBytes) throw tooLarge(treeRules.fileSize, path, bytes, fileBytes);
    if (path === SKILL_FILE && bytes > skillFileBytes) throw tooLarge(frontmatterRules.tooLargeFile, path, bytes, skillFileBytes);
    if (path === MANIFEST_FILE && bytes > manifestBytes) throw tooLarge(manifestRules.tooLarge, path, bytes, manifestBytes);
    if (this.#totalBytes > totalBytes) throw totalTooLarge(totalBytes);
  }

  /** The front matter is found only when SKILL.md is read. */
  checkFrontmatter(path: string, bytes: number): void {
    const { frontmatterBytes } = this.#limits;
    if (bytes > frontmatterBytes) throw tooLarge(frontmatterRules.tooLarge, path, bytes, frontmatterBytes);
  }
}

function tooMany(things: string, limit: number): LimitBreach {
  return new LimitBreach(finding(treeRules.count, { path: "", what: `There are more than ${limit} ${things}` }));
}

function tooLarge(rule: Parameters<typeof finding>[0], path: string, bytes: number, limit: number): LimitBreach {
  return new LimitBreach(finding(rule, { path, what: `${bytes} bytes are more than the limit of ${limit}` }));
}

function totalTooLarge(limit: number): LimitBreach {
  return new LimitBreach(finding(treeRules.totalSize, { path: "", what: `All files together have more than ${limit} bytes` }));
}
