import type { Subject } from "@flynn/sdk/subject";

import type { Transport } from "../wire/transport.ts";

/** What every mutant says of itself: the exact rows that must fail on it, and a part of what is said then. */
export interface MutantClaim {
  /** A few words that name the one defect, in kebab case. */
  readonly id: string;
  /** The complete set of rows that FAIL; others may at most be blocked by these through `after`. */
  readonly kills: readonly string[];
  /** A fragment of the message of the first of them. */
  readonly message: string;
}

/** A defect in the source of an implementation: text that stands there exactly once, and what stands there instead. */
export interface SourcePatch extends MutantClaim {
  /** Relative to the folder above the one that holds the patches. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A defect around any implementation, put in where it is hosted. */
export interface SubjectWrapper extends MutantClaim {
  wrap(subject: Subject): Subject;
}

/** A defect on the wire of any implementation in any language, put in on the suite's side. */
export interface TransportFault extends MutantClaim {
  transport(inner: Transport): Transport;
}

export type Mutant = SourcePatch | SubjectWrapper | TransportFault;
