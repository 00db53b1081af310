import type { ContractReport } from "../report/report-schema.ts";
import { BASELINE_VERSION, entryKey } from "./baseline-schema.ts";
import type { Baseline, BaselineEntry } from "./baseline-schema.ts";
import { failingCases } from "./failing-cases.ts";
import type { FailingCase } from "./failing-cases.ts";

/** What an entry that is written for the first time says of itself. */
export type Acceptance = Pick<BaselineEntry, "reason" | "issue" | "until">;

/** The failures of a run that no entry knows, or knows otherwise. */
export function unknownFailures(before: Baseline | undefined, runs: readonly ContractReport[]): readonly FailingCase[] {
  return runs.flatMap(failingCases).filter((failing) => !knownAs(before, failing));
}

/**
 * The baseline of these runs: what still fails as it was known keeps its reason and its day, what is new gets `acceptance`, and
 * what does not fail any more is gone. Entries of contracts that were not run stay.
 */
export function updatedBaseline(
  before: Baseline | undefined,
  runs: readonly ContractReport[],
  acceptance: Acceptance | undefined,
): Baseline {
  const ran = new Set(runs.map(({ contract }) => contract));
  const kept = (before?.entries ?? []).filter(({ contract }) => !ran.has(contract));
  const entries = runs.flatMap(failingCases).map((failing): BaselineEntry => {
    const known = knownAs(before, failing);
    if (known) return known;
    if (!acceptance) throw new Error(`${failing.judged.id} is new and nobody said why it is accepted`);
    return {
      contract: failing.contract,
      id: failing.row.id,
      case: failing.judged.id,
      fingerprint: failing.fingerprint,
      ...acceptance,
    };
  });
  return { schema: BASELINE_VERSION, seed: runs[0]?.seed ?? before?.seed ?? "baseline", entries: [...kept, ...entries] };
}

function knownAs(before: Baseline | undefined, { contract, judged, fingerprint }: FailingCase): BaselineEntry | undefined {
  const key = entryKey({ contract, case: judged.id });
  return before?.entries.find((entry) => entryKey(entry) === key && entry.fingerprint === fingerprint);
}
