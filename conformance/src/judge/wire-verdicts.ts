import type { ContractDefinition } from "@flynn/sdk/wire";

import { DIAGNOSIS_ADVICE } from "../wire/diagnosis-advice.ts";
import type { Violation } from "../wire/violation.ts";
import { violationFingerprint } from "./failure-fingerprint.ts";
import type { CaseResult, RowResult } from "./results.ts";
import { isWireRow } from "./wire-row.ts";

/** Places of one diagnosis that a report shows. */
const MOST_PLACES = 3;

/** Rows that only a contract with streams can break. */
const STREAM_ROWS: readonly string[] = ["WIRE-005", "WIRE-006"];

/**
 * The WIRE rows are judged last, from everything that the sessions showed: a violation fails its row wherever it was seen, and
 * without one the row passes only if a MUST of the contract itself passed, because a session in which nothing happened has
 * kept every rule there is.
 */
export function judgeWireRows(
  rows: readonly RowResult[],
  contract: ContractDefinition,
  violations: readonly Violation[],
  seen: { readonly frames: number; readonly sessions: number },
): readonly RowResult[] {
  const witness = rows.find((row) => !isWireRow(row.requirement) && row.requirement.level === "MUST" && row.status === "PASS");
  const hasStreams = Object.values(contract.methods).some((method) => method.kind === "stream");
  return rows.map((row) => {
    if (!isWireRow(row.requirement)) return row;
    const { id } = row.requirement;
    const own = violations.filter((violation) => violation.requirement === id);
    if (own.length > 0) return { ...row, status: "FAIL", cases: [...row.cases, ...violationCases(own, rows)] };
    if (row.status !== "PASS") return row;
    if (STREAM_ROWS.includes(id) && !hasStreams) return { ...row, status: "N/A", reason: "The contract has no stream." };
    if (!witness) {
      return { ...row, status: "INCONCLUSIVE", reason: "No MUST of the contract passed, so that nothing went wrong here shows nothing." };
    }
    const evidence = `${seen.frames} frames in ${seen.sessions} sessions were looked at, in which ${witness.requirement.id} passed`;
    return { ...row, evidence };
  });
}

/** One case for each diagnosis, with the places in which it was seen. */
function violationCases(violations: readonly Violation[], rows: readonly RowResult[]): readonly CaseResult[] {
  // Cases run side by side, so the order in which they were seen is not the same twice.
  const inOrder = violations.toSorted((a, b) => Buffer.compare(Buffer.from(a.caseId ?? ""), Buffer.from(b.caseId ?? "")));
  return [...Map.groupBy(inOrder, ({ diagnosis }) => diagnosis).values()].map((alike) => violationCase(alike, rows));
}

function violationCase(alike: readonly Violation[], rows: readonly RowResult[]): CaseResult {
  const [first] = alike;
  if (!first) throw new Error("A case of no violation");
  const { requirement, diagnosis, caseId } = first;
  const places = [...Map.groupBy(alike, ({ did }) => did).values()].flatMap(([one]) => one ?? []);
  const seenIn = rows.flatMap((row) => row.cases).find((judged) => judged.id === caseId);
  return {
    id: `${requirement}/${diagnosis}`,
    title: caseId === null ? "seen between cases" : `seen during ${caseId}`,
    status: "FAIL",
    durationMs: 0,
    fingerprint: violationFingerprint(alike),
    checks: places.slice(0, MOST_PLACES).map(({ did, expected, got }) => ({
      name: diagnosis,
      holds: false,
      did,
      expected,
      got,
      next: DIAGNOSIS_ADVICE[diagnosis],
    })),
    notes: [],
    ...(seenIn?.transcript ? { transcript: seenIn.transcript } : {}),
  };
}
