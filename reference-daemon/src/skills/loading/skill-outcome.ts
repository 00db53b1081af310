import type { Finding, ScanResult } from "@flynn/sdk/skill-scanner";

/** A skill that may be used. Everything in it comes from bytes that were scanned. */
export interface LoadedSkill {
  readonly kind: "loaded";
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  /** Of `SKILL.md`, without its front matter. */
  readonly body: string;
  /** The value in `manifest.json`; undefined where there is none. */
  readonly manifest: unknown;
  /** The digest of the tree that was scanned. */
  readonly digest: string;
  /** For the operator. What they quote comes from the skill, and belongs into no prompt. */
  readonly warnings: readonly Finding[];
  /** The bytes of a file of the skill, as they were scanned; `path` as in the inventory. Rejects with a {@link SkillFileErrorCode}. */
  readonly readFile: (path: string) => Promise<Buffer>;
}

/**
 * - `NO_SUCH_FILE`: the skill had no such file when it was scanned.
 * - `CHANGED`: the file is not what was scanned any more. Load the skill again.
 */
export type SkillFileErrorCode = "NO_SUCH_FILE" | "CHANGED";

/**
 * - `REJECTED`: the scanner says that it may not be loaded.
 * - `NO_VERDICT`: the scanner failed, so that nothing is known of it.
 * - `CHANGED`: between the scan and the load, so that what is there now was not scanned.
 * - `MALFORMED`: the scanner allows it, but it has no readable `SKILL.md` or `manifest.json`.
 * - `NAME_TAKEN`: another skill has the same name.
 */
export type RefusalCode = "REJECTED" | "NO_VERDICT" | "CHANGED" | "MALFORMED" | "NAME_TAKEN";

/** A skill that may not be used, and is in no prompt. */
export interface RefusedSkill {
  readonly kind: "refused";
  /** Absolute. */
  readonly folder: string;
  readonly code: RefusalCode;
  /** One line, without anything that the skill says about itself. */
  readonly message: string;
  /** What the scanner said, where it said something. */
  readonly result: ScanResult | null;
}

export type SkillOutcome = LoadedSkill | RefusedSkill;
