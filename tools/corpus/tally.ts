import type { JudgedFixture } from "./judge-fixtures.ts";
import type { Outcome } from "./outcome.ts";

/** How one scanner answered the fixtures of one group. */
export interface Tally {
  readonly hostile: Readonly<Record<Outcome, number>>;
  readonly benign: Readonly<Record<Outcome, number>>;
}

export function tallyOf(fixtures: readonly JudgedFixture[], scanner: string): Tally {
  const count = (kind: JudgedFixture["kind"]): Record<Outcome, number> => {
    const counts = { blocked: 0, warned: 0, allowed: 0, failed: 0 };
    for (const { kind: own, answers } of fixtures) {
      const answer = answers[scanner];
      if (own === kind && answer) counts[answer.outcome] += 1;
    }
    return counts;
  };
  return { hostile: count("hostile"), benign: count("benign") };
}

/** Hostile fixtures that got less than they are due. */
export function missesOf(fixtures: readonly JudgedFixture[], scanner: string): JudgedFixture[] {
  return fixtures.filter(({ kind, due, answers }) => {
    const outcome = answers[scanner]?.outcome;
    if (kind === "benign" || outcome === undefined || outcome === "blocked") return false;
    return due === "reject" || outcome !== "warned";
  });
}

/** Benign fixtures that are not simply allowed. */
export function falseAlarmsOf(fixtures: readonly JudgedFixture[], scanner: string): JudgedFixture[] {
  return fixtures.filter(({ kind, answers }) => {
    const outcome = answers[scanner]?.outcome;
    return kind === "benign" && outcome !== undefined && outcome !== "allowed";
  });
}
