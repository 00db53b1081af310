import type { Json } from "@flynn/sdk/kernel";

import type { OpenInstance, OpenOptions } from "./open-instance.ts";
import type { Random } from "./random.ts";

/** What one check saw, in words that an author can act on. None of it may hold a secret. */
export interface Observation {
  /** What the suite did, such as "scanned a skill whose notes.md is a link to its own SKILL.md". */
  readonly did: string;
  readonly expected: string;
  readonly got: string;
  /** What to try first; the hint of the requirement where it is left out. */
  readonly next?: string;
}

/**
 * What a case works with. `check` and `control` throw where they do not hold, so that a case reads as a straight line: what
 * comes later may rely on what came before.
 */
export interface CaseContext {
  /** Differs from case to case and from seed to seed, and from nothing else. */
  readonly random: Random;
  /** A folder of the case's own for what it shows to the subject. It is not the subject's `dir`. */
  readonly workspace: string;
  /** A fake credential of this case, planted for the canary scan. */
  readonly canary: string;
  /** Opens an instance of the contract that the case belongs to. */
  open(options?: OpenOptions): Promise<OpenInstance>;
  /** Settles one of the names in `expects`: FAIL unless `holds`. */
  check(name: string, holds: boolean, observation: Observation): void;
  /**
   * Something that must hold before the check can mean anything, and that another requirement asks for: INCONCLUSIVE,
   * naming that requirement, unless `holds`.
   */
  control(requirement: string, holds: boolean, observation: Observation): void;
  /** The first witness of a negative: the harness causes the effect itself and looks for it on the same channel. NOT_RUN unless seen. */
  sensor(channel: string, seen: boolean): void;
  /** The second: a twin stimulus without the forbidden part has its effect on that channel. INCONCLUSIVE unless seen. */
  contrast(requirement: string, seen: boolean, observation: Observation): void;
  /** The third: an event after which the effect can no longer come. */
  barrier(event: string): void;
  /** Ends the case as NOT_RUN: the machine cannot show it. */
  hostCannot(reason: string): never;
  /** A note for the report, shown under the case whatever its status. */
  note(text: string, data?: Json): void;
}
