import type { Json, Requirement } from "@flynn/sdk/kernel";

import type { TranscriptLine } from "../wire/transcript.ts";
import type { CapabilityResult } from "./capability.ts";
import type { Observation } from "./case-context.ts";
import type { CaseStatus, RowStatus } from "./status.ts";

export interface CheckResult extends Observation {
  readonly name: string;
  readonly holds: boolean;
}

/** The three witnesses of a negative, as they were seen. */
export interface Witnesses {
  readonly sensor?: string;
  readonly contrast?: string;
  readonly barrier?: string;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly status: CaseStatus;
  readonly durationMs: number;
  readonly checks: readonly CheckResult[];
  /** Why it is not a PASS, in one or two sentences; undefined for a PASS and where a check says it. */
  readonly reason?: string;
  /** The requirement that stands in the way, where one does. */
  readonly blockedBy?: string;
  /** It was not run because of the machine, and would be on another one. */
  readonly isHostLimit?: true;
  /** Of a FAIL: the same for the same failure, whatever the seed. */
  readonly fingerprint?: string;
  readonly witnesses?: Witnesses;
  readonly notes: readonly { readonly text: string; readonly data?: Json }[];
  /** What crossed the wire; kept where the case did not pass, or on demand. */
  readonly transcript?: readonly TranscriptLine[];
}

export interface RowResult {
  readonly requirement: Requirement;
  readonly status: RowStatus;
  readonly cases: readonly CaseResult[];
  /** Why it is not a PASS, where no case says it. */
  readonly reason?: string;
  readonly blockedBy?: string;
  readonly isHostLimit?: true;
  /** What a row that is judged from whole sessions rests on. */
  readonly evidence?: string;
}

export type Verdict = "conformant" | "not-conformant" | "no-claim" | "nothing-ran" | "harness-error";

export interface ContractResult {
  /** `skill-scanner@1`. */
  readonly contract: string;
  readonly verdict: Verdict;
  readonly rows: readonly RowResult[];
  readonly capabilities: readonly CapabilityResult[];
  readonly subject: { readonly name: string; readonly version: string; readonly source: string; readonly command?: readonly string[] };
  readonly driver: string;
  readonly seed: string;
  /** Time passed for real, because the subject has no virtual clock and `--real-clock` was given. */
  readonly realClock: boolean;
  readonly durationMs: number;
  /** The run left rows out on request, so it makes no claim about the whole. */
  readonly isFiltered: boolean;
  /** Rows that this machine could not show and that `--accept-host-limits` let pass. */
  readonly acceptedHostLimits: readonly string[];
}
