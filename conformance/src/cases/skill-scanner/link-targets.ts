import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { armAccessTime, wasRead } from "./access-time.ts";
import { controlRead } from "./benign-control.ts";
import { controlSame, firstDifference } from "./determinism.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";
import { skillFixture } from "@flynn/fixtures/skills";

const LINKS_TO_OUTSIDE = [
  "link-to-outside-file",
  "link-to-absolute-path",
  "link-chain",
  "link-folder-outside",
  "link-as-skill-file",
  "link-as-manifest",
] as const;

/** In place of the file that the link leads to. */
const BEHIND: Readonly<Record<string, (target: string) => void>> = {
  nothing: () => {},
  "an empty file": (target) => writeFileSync(target, ""),
  "a larger file": (target) => writeFileSync(target, "x".repeat(100_000)),
  "an empty folder": (target) => mkdirSync(target),
  "another link": (target) => symlinkSync("SKILL.md", target),
};

export const linkTargetCases: readonly CaseDefinition[] = [
  ...LINKS_TO_OUTSIDE.map(notOpened),
  ...LINKS_TO_OUTSIDE.map(notDescribed),
  whateverIsThere(),
];

function notOpened(id: string): CaseDefinition {
  return defineCase({
    id: `SCAN-005/not-opened/${id}`,
    requirement: "SCAN-005",
    title: `watches the access times behind ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: ["symbolic-links", "access-times"],
    negative: true,
    expects: ["not opened or listed"],
    run: async (context) => {
      senseAccess(context);
      const instance = await context.open();
      await using twin = await buildInCase(context, "copied-file");
      const notes = twin.entry("{{word:1}}.md");
      armAccessTime(notes.location);
      const read = await scan(instance, twin.request);
      const contrast = {
        did: `${didScan(twin)} and looked at the access time of ${notes.path}`,
        expected: "a newer one, because the scanner read the file",
      };
      context.contrast("SCAN-001", wasRead(notes.location), {
        ...contrast,
        got: wasRead(notes.location) ? "a newer one" : `the old one; ${describe(read)}`,
      });

      await using skill = await buildInCase(context, id);
      const watched = watchedPlaces(skill);
      for (const place of watched) armAccessTime(place);
      const scanned = await scan(instance, skill.request);
      context.barrier("the answer of the scan");
      const opened = watched.filter(wasRead).map((place) => basename(place));
      const got = `a newer access time of ${opened.join(", ")} (${describe(scanned)})`;
      context.check("not opened or listed", opened.length === 0, {
        did: didScan(skill),
        expected: "the access times of what the link leads to unchanged",
        got,
      });
    },
  });
}

function notDescribed(id: string): CaseDefinition {
  return defineCase({
    id: `SCAN-005/not-described/${id}`,
    requirement: "SCAN-005",
    title: `looks in the result for what lies behind ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: ["symbolic-links"],
    negative: true,
    expects: ["not described"],
    run: async (context) => {
      const instance = await context.open();
      await using twin = await buildInCase(context, "copied-file");
      const read = await scan(instance, twin.request);
      const notes = twin.entry("{{word:1}}.md");
      context.sensor("the text of a result", traces(JSON.stringify({ sha256: notes.sha256 }), [String(notes.sha256)]).length === 1);
      const isDescribed = traces(textOf(read), [String(notes.sha256)]).length === 1;
      const contrast = {
        did: didScan(twin),
        expected: `the sha256 of ${notes.path} in the result`,
        got: isDescribed ? "it is there" : describe(read),
      };
      context.contrast("SCAN-001", isDescribed, contrast);

      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      context.barrier("the answer of the scan");
      const told = traces(textOf(scanned), tellTales(skill));
      context.check("not described", told.length === 0, {
        did: didScan(skill),
        expected: "nothing in the result from what the link leads to",
        got: `${told.join(", ")} in it`,
      });
    },
  });
}

/** A result that changes with what lies behind the link describes it, in whatever words. */
function whateverIsThere(): CaseDefinition {
  return defineCase({
    id: "SCAN-005/whatever-is-there",
    requirement: "SCAN-005",
    title: `scans a skill with a link several times, with something else behind the link each time: ${Object.keys(BEHIND).join(", ")}`,
    isolation: "shared",
    requires: ["symbolic-links"],
    expects: Object.keys(BEHIND),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "link-to-outside-file");
      const first = await scan(instance, skill.request);
      controlRead(context, skill, first);
      await controlSame(context, instance, skill, first);
      const target = skill.entry("private.txt").location.toString("utf8");
      for (const [name, place] of Object.entries(BEHIND)) {
        rmSync(target, { recursive: true, force: true });
        place(target);
        const difference = firstDifference(first, await scan(instance, skill.request));
        context.check(name, difference === null, {
          did: `${didScan(skill)}, then put ${name} behind the link and scanned it again`,
          expected: "the same result, byte for byte",
          got: difference ?? "",
          next: "Say that it is a link, and look at nothing behind it.",
        });
      }
    },
  });
}

/** The suite reads a file and lists a folder of its own, and looks whether that shows. */
function senseAccess(context: CaseContext): void {
  const folder = join(context.workspace, context.random.word());
  const file = join(folder, context.random.word());
  mkdirSync(folder);
  writeFileSync(file, "x");
  for (const place of [folder, file]) armAccessTime(place);
  const isQuiet = !wasRead(folder) && !wasRead(file);
  readdirSync(folder);
  readFileSync(file);
  context.sensor("access times of a file and a folder", isQuiet && wasRead(folder) && wasRead(file));
}

function watchedPlaces(skill: BuiltSkill): readonly string[] {
  return [skill.outsideFolder, ...skill.outside.map(({ location }) => location.toString("utf8"))];
}

/** What nobody can know who has not looked: digests, an odd size, the nonce, and the names in a folder that the link leads to. */
function tellTales(skill: BuiltSkill): readonly string[] {
  const digests = skill.outside.flatMap(({ sha256 }) => sha256 ?? []);
  const names = skill.fixture.id === "link-folder-outside" ? ["private.txt"] : [];
  const sizes = skill.outside.filter(({ bytes }) => bytes > 1_000).map(({ bytes }) => `"bytes":${bytes}`);
  return [...digests, ...sizes, `Private: ${skill.nonce}`, `Elsewhere: ${skill.nonce}`, ...names];
}

function textOf(scanned: Scanned): string {
  return JSON.stringify(scanned);
}

function traces(text: string, signs: readonly string[]): readonly string[] {
  return signs.filter((sign) => text.includes(sign));
}
