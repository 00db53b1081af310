import type { CaseReport, Report, RowReport } from "../report-schema.ts";
import { OPEN_CASES } from "./open-cases.ts";
import type { Markup } from "./markup.ts";
import { timeline, timelineSize } from "./timeline.ts";

/** The timelines of a report that fit into so many characters of markup together. */
export function timelinesIn(report: Report, room: number): (judged: CaseReport) => Markup | undefined {
  const cases = report.runs.flatMap(({ rows }) => rows.flatMap((row) => row.cases)).filter(({ transcript }) => transcript?.length);
  const sizes = new Map(cases.map((judged) => [judged, timelineSize(judged.transcript ?? [])]));
  const roomOf = timelineRoom(report, sizes, room);
  return (judged) => (sizes.has(judged) ? timeline(judged.transcript ?? [], roomOf(judged)) : undefined);
}

/** How many characters the timeline of each case may have: those that are read first have what they want before the others. */
function timelineRoom(report: Report, sizes: ReadonlyMap<CaseReport, number>, room: number): (judged: CaseReport) => number {
  const tiers = new Map<CaseReport, number>();
  for (const { rows } of report.runs) for (const row of rows) for (const [judged, tier] of tiersOf(row)) tiers.set(judged, tier);
  let left = room;
  const shares = [0, 1, 2, 3].map((tier) => {
    const wanted = [...sizes].filter(([judged]) => tiers.get(judged) === tier).map(([, size]) => size);
    const share = fairShare(wanted, left);
    left -= wanted.reduce((total, size) => total + Math.min(size, share), 0);
    return share;
  });
  return (judged) => shares[tiers.get(judged) ?? 0] ?? 0;
}

/** The first case of a row that did not pass, then those that are open with it, then the others, then a trace of those that passed. */
function tiersOf(row: RowReport): readonly (readonly [CaseReport, number])[] {
  let unpassed = 0;
  return row.cases.map((judged) => {
    if (judged.status === "PASS") return [judged, 3];
    unpassed += 1;
    return [judged, unpassed === 1 ? 0 : unpassed <= OPEN_CASES ? 1 : 2];
  });
}

/** The most that each may have so that all fit: who wants less leaves the rest to the others. */
function fairShare(wanted: readonly number[], room: number): number {
  let left = room;
  for (const [index, size] of wanted.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (wanted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
