import type { RowResult } from "./results.ts";

/** What was seen of a capability, whatever the subject says of itself. */
export const CAPABILITY_OBSERVATIONS = ["works", "does-not-work", "is-refused", "neither-works-nor-is-refused", "not-shown"] as const;
type CapabilityObservation = (typeof CAPABILITY_OBSERVATIONS)[number];

/** What that means beside what it declares. */
export const CAPABILITY_JUDGEMENTS = ["honest", "over-claims", "under-claims", "absent", "unclear", "not-shown"] as const;
type CapabilityJudgement = (typeof CAPABILITY_JUDGEMENTS)[number];

/** What the cases of a capability that is not declared showed. */
export type Probe = "works" | "does-not-work" | "not-shown";

export interface CapabilityResult {
  readonly flag: string;
  readonly declared: boolean;
  readonly observed: CapabilityObservation;
  readonly judgement: CapabilityJudgement;
  /** The rows that show it. */
  readonly rows: readonly string[];
}

/**
 * One capability as it was declared and as it was seen. `probed` is of one that is not declared and was not refused either: what
 * the rows that a declaration would bring in showed.
 */
export function judgeCapability(flag: string, declared: boolean, rows: readonly RowResult[], probed?: Probe): CapabilityResult {
  const own = rows.filter(({ requirement }) => requirement.flag === (declared ? flag : `!${flag}`));
  const observed = observe(own, declared, probed);
  return { flag, declared, observed, judgement: judgementOf(observed, declared), rows: own.map(({ requirement }) => requirement.id) };
}

/** Whether a capability that is not declared must be tried out: what should have refused it did something else. */
export function needsProbe(flag: string, declared: boolean, rows: readonly RowResult[]): boolean {
  return !declared && rows.some((row) => row.requirement.flag === `!${flag}` && row.status === "FAIL");
}

function observe(own: readonly RowResult[], declared: boolean, probed: Probe | undefined): CapabilityObservation {
  const failed = own.some(({ status }) => status === "FAIL");
  if (failed && declared) return "does-not-work";
  if (failed) return probed === "does-not-work" ? "neither-works-nor-is-refused" : (probed ?? "not-shown");
  // A SHOULD that does not hold is a capability that could be better, not one that is missing.
  const shown = own.filter(({ status }) => status !== "WARN");
  if (shown.length === 0 || shown.some(({ status }) => status !== "PASS")) return "not-shown";
  return declared ? "works" : "is-refused";
}

function judgementOf(observed: CapabilityObservation, declared: boolean): CapabilityJudgement {
  switch (observed) {
    case "works":
      return declared ? "honest" : "under-claims";
    case "does-not-work":
      return "over-claims";
    case "is-refused":
      return "absent";
    case "neither-works-nor-is-refused":
      return "unclear";
    case "not-shown":
      return "not-shown";
  }
}
