import { expect, test } from "vitest";

import type { JudgedFixture } from "./judge-fixtures.ts";
import type { Outcome } from "./outcome.ts";
import { falseAlarmsOf, missesOf, tallyOf } from "./tally.ts";

function judged(kind: JudgedFixture["kind"], due: JudgedFixture["due"], outcome: Outcome): JudgedFixture {
  const answers = { Flynn: { outcome, found: [] } };
  return { id: `${kind}-${due}-${outcome}`, family: "secrets", kind, technique: "A technique.", due, answers };
}

const fixtures = [
  judged("hostile", "reject", "blocked"),
  judged("hostile", "reject", "warned"),
  judged("hostile", "reject", "allowed"),
  judged("hostile", "warn", "warned"),
  judged("hostile", "warn", "failed"),
  judged("benign", null, "allowed"),
  judged("benign", null, "warned"),
];

test("answers are counted for hostile and benign skills apart", () => {
  expect(tallyOf(fixtures, "Flynn")).toEqual({
    hostile: { blocked: 1, warned: 2, allowed: 1, failed: 1 },
    benign: { blocked: 0, warned: 1, allowed: 1, failed: 0 },
  });
});

test("a miss is less than what is due, and no answer is a miss", () => {
  expect(missesOf(fixtures, "Flynn").map(({ id }) => id)).toEqual([
    "hostile-reject-warned",
    "hostile-reject-allowed",
    "hostile-warn-failed",
  ]);
});

test("a benign skill that is warned of is a false alarm", () => {
  expect(falseAlarmsOf(fixtures, "Flynn").map(({ id }) => id)).toEqual(["benign-null-warned"]);
});

test("a scanner that was not asked has no answers", () => {
  expect(tallyOf(fixtures, "another").hostile).toEqual({ blocked: 0, warned: 0, allowed: 0, failed: 0 });
  expect([missesOf(fixtures, "another"), falseAlarmsOf(fixtures, "another")]).toEqual([[], []]);
});
