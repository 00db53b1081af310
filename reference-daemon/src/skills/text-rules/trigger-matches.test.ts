import { expect, test } from "vitest";

import type { Trigger } from "./text-rule.ts";
import { TriggerMatches } from "./trigger-matches.ts";

const matchAt = (trigger: Trigger, text: string, anchor: number): ReturnType<TriggerMatches["at"]> =>
  new TriggerMatches(trigger, text).at(anchor);

test("a match begins at its anchor", () => {
  const trigger = { anchors: ["curl"], pattern: /curl\s\S+/uy };
  expect(matchAt(trigger, "x curl a", 2)).toMatchObject({ start: 2, end: 8 });
  expect(matchAt(trigger, "x curl a", 0)).toBeNull();
});

test("or before it, where the trigger says so, and holds it", () => {
  const trigger = { anchors: ["tail"], behind: 20, pattern: /head.{0,10}tail/gu };
  expect(matchAt(trigger, "head tail, head and tail", 20)).toMatchObject({ start: 11, end: 24 });
  expect(matchAt(trigger, "tail head tail", 0)).toBeNull();
});

test("or goes on to what closes it, or to the end", () => {
  const trigger = { anchors: ["<!--"], pattern: /<!--/uy, until: "-->" };
  expect(matchAt(trigger, "<!-- a --> b", 0)).toMatchObject({ end: 7, groups: { hidden: " a " } });
  expect(matchAt(trigger, "<!-- a", 0)).toMatchObject({ groups: { hidden: " a" } });
});

test("what was looked through is not looked through again, and nothing is lost by it", () => {
  const trigger = { anchors: ["tail"], behind: 20, reach: 40, pattern: /head.{0,10}tail/gu };
  const text = `${"tail ".repeat(40)}head and tail ${"tail ".repeat(40)}`;
  const matches = new TriggerMatches(trigger, text);
  const found = Array.from(text.matchAll(/tail/gu), ({ index }) => matches.at(index)).filter((match) => match !== null);
  expect(found.map(({ start }) => start)).toEqual([200]);
});
