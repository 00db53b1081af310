/** How one case ended. */
export type CaseStatus = "PASS" | "FAIL" | "INCONCLUSIVE" | "NOT_RUN" | "HARNESS_ERROR";

/** How a requirement stands. WARN is the FAIL of a SHOULD; N/A is a capability that is not there and was shown not to be. */
export type RowStatus = CaseStatus | "WARN" | "N/A";

/** The worst first: a row is as good as its worst case. */
const ORDER: readonly CaseStatus[] = ["HARNESS_ERROR", "FAIL", "INCONCLUSIVE", "NOT_RUN", "PASS"];

export function worst(statuses: readonly CaseStatus[]): CaseStatus {
  return ORDER.find((status) => statuses.includes(status)) ?? "NOT_RUN";
}
