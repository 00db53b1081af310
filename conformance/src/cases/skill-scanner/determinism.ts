import { mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";

import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { Random } from "../../judge/random.ts";
import { controlRead } from "./benign-control.ts";
import { scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** A skill with many findings, and a clean one whose names sort in several ways. */
const BUILT_TWICE = ["many-dangers", "clean-sorts-oddly"] as const;

/** So many pairs of scans that some of them overlap, however fast they are. */
const AT_THE_SAME_TIME = 8;

export const determinismCases: readonly CaseDefinition[] = BUILT_TWICE.map((id) =>
  defineCase({
    id: `SCAN-027/${id}`,
    requirement: "SCAN-027",
    title: "scans a skill again, a copy of it that was written in another order and with other times, and both at the same time",
    isolation: "shared",
    requires: ["symbolic-links", "byte-file-names", "case-sensitive-names"],
    expects: ["second scan", "another folder, order and time", "root with a slash at its end", "at the same time"],
    run: async (context) => {
      const instance = await context.open();
      await using clean = await buildInCase(context, "mixed-clean-nested");
      const read = await scan(instance, clean.request);
      controlRead(context, clean, read);

      const seed = context.random.word(20);
      await using skill = await buildInCase(context, id, { random: new Random(seed), directory: folderIn(context, "one") });
      await using copy = await buildInCase(context, id, {
        random: new Random(seed),
        directory: folderIn(context, "two"),
        order: "reversed",
      });
      age(copy);
      const first = await scan(instance, skill.request);
      const compare = (name: string, did: string, second: Scanned): void => {
        const difference = firstDifference(first, second);
        context.check(name, difference === null, {
          did: `${didScan(skill)}, then ${did}`,
          expected: "the same result, byte for byte",
          got: difference ?? "",
        });
      };
      compare("second scan", "scanned it again", await scan(instance, skill.request));
      compare(
        "another folder, order and time",
        "scanned a copy in another folder, written in another order and with other times",
        await scan(instance, copy.request),
      );
      const withSlash: ScanRequest = { ...skill.request, root: `${skill.root}/` };
      compare("root with a slash at its end", "scanned it with a slash at the end of its root", await scan(instance, withSlash));
      // Which answer belongs to which call is for the wire's rows; here it is about what the two say.
      const requests = Array.from({ length: AT_THE_SAME_TIME }, () => [clean.request, copy.request]).flat();
      const alone = requests.map((request) => JSON.stringify(request === clean.request ? read : first)).toSorted();
      const pending = requests.map((request) => instance.begin<ScanResult>("scan", [request]).answer);
      const together = (await Promise.all(pending)).map((scanned) => JSON.stringify(scanned)).toSorted();
      const stray = together.find((text, index) => text !== alone[index]);
      context.check("at the same time", stray === undefined, {
        did: `scanned ${clean.fixture.id} and ${id} ${AT_THE_SAME_TIME} times each at the same time`,
        expected: "the results that each of them has alone, as often as it was scanned",
        got: `${alone.includes(stray ?? "") ? "one of the two results too often" : "another result"}: ${(stray ?? "").slice(0, 300)}`,
        next: "Keep what belongs to one scan in variables of that scan.",
      });
    },
  }),
);

function folderIn(context: CaseContext, name: string): string {
  const folder = join(context.workspace, name);
  mkdirSync(folder);
  return folder;
}

/** From the bottom up, because making an entry changes the time of its folder; the time of a link itself is left alone. */
function age(skill: BuiltSkill): void {
  for (const [index, { location, kind }] of skill.entries.entries()) {
    if (kind === "file" || kind === "directory") utimesSync(location, 1_000_000 + index, 2_000_000 + 86_400 * index);
  }
}

/** Where two answers part, with what stands there; null where they do not. */
function firstDifference(first: Scanned, second: Scanned): string | null {
  const [one, other] = [JSON.stringify(first), JSON.stringify(second)];
  if (one === other) return null;
  const at = Array.from(one).findIndex((_, index) => one[index] !== other[index]);
  const from = Math.max(0, (at < 0 ? one.length : at) - 30);
  return `first ${one.slice(from, from + 120)}, then ${other.slice(from, from + 120)}`;
}
