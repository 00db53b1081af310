import { mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";

import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { Random } from "../../judge/random.ts";
import { controlRead } from "./benign-control.ts";
import { gatheredSkill } from "./gathered-skill.ts";
import { scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** What is found in texts is told as much as what is found in the tree. */
export const TEXTS = gatheredSkill("texts-of-all-kinds", "A payload of each kind that scanners look for in texts.", [
  "secrets-github-token-in-python",
  "characters-tag-smuggling",
  "markup-comment-directive",
  "instructions-override",
  "encoded-base64-pipe",
  "download-pipe-in-script",
  "remote-bash-device",
  "exfiltration-environment-node",
  "persistence-crontab",
  "autorun-postinstall",
  "dynamic-unpickle",
  "context-detector",
]);

/** A skill with many findings, a clean one whose names sort in several ways, and one whose findings are about texts. */
const BUILT_TWICE: readonly SkillFixture[] = [skillFixture("many-dangers"), skillFixture("clean-sorts-oddly"), TEXTS];

const A_DAY_MS = 86_400_000;
/** Near enough for what is cached for a while, and far enough for whatever has a year in it. */
const LATER_DAYS = { "a day later": 1, "a year later": 366, "ten years later": 3_653 } as const;

/** Often enough for a counter, and not so often that every run of the suite waits for it. */
const REPEATED = 250;
const REPEATED_AT_ONCE = 10;
const REPEATED_WITHIN_MS = 800;

/** So many pairs of scans that some of them overlap, however fast they are. */
const AT_THE_SAME_TIME = 8;

export const determinismCases: readonly CaseDefinition[] = [...BUILT_TWICE.map(builtTwice), laterCase(), repeatedCase()];

function builtTwice(fixture: SkillFixture): CaseDefinition {
  const { id } = fixture;
  return defineCase({
    id: `SCAN-027/${id}`,
    requirement: "SCAN-027",
    title: "scans a skill again, a copy of it that was written in another order and with other times, and both at the same time",
    isolation: "shared",
    requires: fixture.requires,
    expects: ["second scan", "another folder, order and time", "root with a slash at its end", "at the same time"],
    run: async (context) => {
      const instance = await context.open();
      await using clean = await buildInCase(context, "mixed-clean-nested");
      const read = await scan(instance, clean.request);
      controlRead(context, clean, read);

      const seed = context.random.word(20);
      await using skill = await buildInCase(context, fixture, { random: new Random(seed), directory: folderIn(context, "one") });
      await using copy = await buildInCase(context, fixture, {
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
  });
}

/** The clock of the subject goes on, and nothing else does. */
function laterCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-060/on-other-days",
    requirement: "SCAN-060",
    title: "scans a skill with payloads in its texts, and again days and years later by the wall clock",
    isolation: "shared",
    movesTime: true,
    requires: TEXTS.requires,
    expects: Object.keys(LATER_DAYS),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, TEXTS);
      const first = await scan(instance, skill.request);
      controlRead(context, skill, first);
      let days = 0;
      for (const [name, day] of Object.entries(LATER_DAYS)) {
        await instance.clock.jump({ wall: (day - days) * A_DAY_MS });
        days = day;
        const difference = firstDifference(first, await scan(instance, skill.request));
        context.check(name, difference === null, {
          did: `${didScan(skill)}, then scanned it again ${name} by the wall clock`,
          expected: "the same result, byte for byte",
          got: difference ?? "",
        });
      }
    },
  });
}

/** What a scanner counts, or keeps from one scan to the next, shows only after many. */
function repeatedCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-027/again-and-again",
    requirement: "SCAN-027",
    title: `scans a skill with a payload again and again, ${REPEATED} times or as often as ${REPEATED_WITHIN_MS / 1_000} s allow`,
    isolation: "shared",
    expects: ["every time"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "instructions-override");
      const first = await scan(instance, skill.request);
      controlRead(context, skill, first);
      const begunAt = performance.now();
      let times = 0;
      let difference: string | null = null;
      while (difference === null && times < REPEATED && performance.now() - begunAt < REPEATED_WITHIN_MS) {
        const batch = Array.from({ length: REPEATED_AT_ONCE }, () => instance.begin<ScanResult>("scan", [skill.request]).answer);
        for (const scanned of await Promise.all(batch)) difference ??= firstDifference(first, scanned);
        times += batch.length;
      }
      context.check("every time", difference === null, {
        did: `${didScan(skill)} ${times} times more`,
        expected: "the same result each time, byte for byte",
        got: difference ?? "",
        next: "Look for what outlives a scan: a counter, a cache, the lastIndex of an expression.",
      });
    },
  });
}

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
/** Where results differ by themselves, or where scans at the same time mix them up, a comparison says nothing of anything else. */
export async function controlSame(context: CaseContext, instance: OpenInstance, skill: BuiltSkill, first: Scanned): Promise<void> {
  const again = await Promise.all(["one", "other"].map(() => scan(instance, skill.request)));
  const difference = again.map((scanned) => firstDifference(first, scanned)).find((found) => found !== null);
  context.control("SCAN-027", difference === undefined, {
    did: `${didScan(skill)}, and twice more at the same time`,
    expected: "the same result, byte for byte",
    got: difference ?? "",
  });
}

export function firstDifference(first: Scanned, second: Scanned): string | null {
  const [one, other] = [JSON.stringify(first), JSON.stringify(second)];
  if (one === other) return null;
  const at = Array.from(one).findIndex((_, index) => one[index] !== other[index]);
  const from = Math.max(0, (at < 0 ? one.length : at) - 30);
  return `first ${one.slice(from, from + 120)}, then ${other.slice(from, from + 120)}`;
}
