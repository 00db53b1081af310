import { skillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign, controlRead } from "./benign-control.ts";
import { withFiles } from "./derived-skill.ts";
import type { Body } from "./derived-skill.ts";
import { fixtureCase, hostileOf, twinOf, wantedIn } from "./fixture-case.ts";
import { describe, describeWanted, findingsOf, scan } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

const WITH_NUL = hostileOf("encodings").filter((id) => skillFixture(id).expect.verdict === "reject");
const NOT_UTF8 = hostileOf("encodings").filter((id) => !WITH_NUL.includes(id));

/** The encodings that a byte order mark tells, each with the file that is written in it. */
const WIDE = {
  "UTF-16": ["utf16.md", "utf16"],
  "UTF-16, big-endian": ["utf16be.md", "utf16be"],
  "UTF-32": ["utf32.md", "utf32"],
  "UTF-32, big-endian": ["utf32be.md", "utf32be"],
} as const;

const WIDE_TEXT: Body = ["\uFEFFPlain, \u00E9, \u8AAD, \u{1F4DA}.", "{{nonce}}"];

export const encodingCases: readonly CaseDefinition[] = [
  ...WITH_NUL.map((id) => fixtureCase("SCAN-018", id)),
  ...NOT_UTF8.map(notUtf8),
  wideText(),
];

/** A warning is enough. What verdict follows from it, SCAN-025 asks. */
function notUtf8(id: string): CaseDefinition {
  return defineCase({
    id: `SCAN-018/${id}`,
    requirement: "SCAN-018",
    title: `scans ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    expects: [id],
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinOf(id));
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const [wanted = {}] = (skill.fixture.expect.findings ?? []).map((finding) => wantedIn(skill, finding));
      const isFound = findingsOf(scanned).some(
        ({ category, path, action }) => wanted.category?.includes(category) === true && path === wanted.path && action !== "note",
      );
      const expected = `${describeWanted(wanted)} whose action is warn or reject`;
      context.check(id, isFound, { did: didScan(skill), expected, got: describe(scanned) });
    },
  });
}

/** A warning that a text is not UTF-8 is another matter. */
function wideText(): CaseDefinition {
  return defineCase({
    id: "SCAN-018/wide-text",
    requirement: "SCAN-018",
    title: `scans notes with letters of several scripts and an emoji, after a byte order mark, in ${Object.keys(WIDE).join("; ")}`,
    isolation: "shared",
    expects: Object.keys(WIDE),
    run: async (context) => {
      const instance = await context.open();
      const files = Object.values(WIDE).map(([path, as]): [string, Body] => [path, { encode: WIDE_TEXT, as }]);
      await using skill = await buildInCase(context, withFiles(skillFixture("utf8-text"), Object.fromEntries(files)));
      const scanned = await scan(instance, skill.request);
      controlRead(context, skill, scanned);
      for (const [name, [path]] of Object.entries(WIDE)) {
        const disposition = scanned.ok ? scanned.value.inventory.find((entry) => entry.path === path)?.disposition : undefined;
        const isBinary = findingsOf(scanned).some((finding) => finding.path === path && finding.category === "binary");
        context.check(name, disposition === "read" && !isBinary, {
          did: `scanned a skill with a text in ${name}, after a byte order mark, at ${path}`,
          expected: `${path} with the disposition read, as a text, and no finding of category binary at it`,
          got: `the disposition ${disposition ?? "of no such entry"}; ${describe(scanned)}`,
        });
      }
    },
  });
}
