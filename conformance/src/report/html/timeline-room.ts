import type { CaseReport, Report } from "../report-schema.ts";

/** Characters of markup for all timelines of a page together: with them it stays well under a megabyte. */
const MOST_CHARACTERS = 400_000;

/** How many characters the timeline of each case may have. What did not pass comes first; a trace of the rest has what is left. */
export function timelineRoom(report: Report, sizes: ReadonlyMap<CaseReport, number>): (judged: CaseReport) => number {
  const cases = report.runs.flatMap(({ rows }) => rows.flatMap((row) => row.cases)).filter((judged) => sizes.has(judged));
  const wanted = (passed: boolean): number[] =>
    cases.filter(({ status }) => (status === "PASS") === passed).map((judged) => sizes.get(judged) ?? 0);
  const open = wanted(false);
  const level = fairShare(open, MOST_CHARACTERS);
  const used = open.reduce((total, size) => total + Math.min(size, level), 0);
  const levelOfPassed = fairShare(wanted(true), MOST_CHARACTERS - used);
  return ({ status }) => (status === "PASS" ? levelOfPassed : level);
}

/** The most that each may have so that all fit: who wants less leaves the rest to the others. */
export function fairShare(wanted: readonly number[], room: number): number {
  let left = room;
  for (const [index, size] of wanted.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (wanted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
