import type { Category } from "@flynn/sdk/skill-scanner";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlBenign } from "./benign-control.ts";
import { payloadOf, twinWithFiles, withFiles } from "./derived-skill.ts";
import type { Body, Payload } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, techniqueOf } from "./skill-in-case.ts";

/** Names that scanners pass over, with words that are drawn for each run. */
const PLACES = {
  "without an extension": "{{word:71}}",
  "as plain text": "{{word:71}}.txt",
  "as Markdown": "references/{{word:71}}.md",
  "as a table": "{{word:71}}.csv",
  "as a log": "logs/{{word:71}}.log",
  "as a minified script": "dist/{{word:71}}.min.js",
  "as a notebook": "notebooks/{{word:71}}.ipynb",
  "among tests": "tests/test_{{word:71}}.py",
  "among fixtures": "tests/fixtures/{{word:71}}.snap",
  "among documentation": "docs/{{word:71}}.rst",
  "among examples": "examples/{{word:71}}.sh",
  "in a dot folder": ".{{word:72}}/{{word:71}}",
  "among dependencies": "node_modules/{{word:71}}/index.js",
  "many folders deep": "{{word:72}}/a/b/c/d/e/f/{{word:71}}",
  "with an ending of its own": "{{word:71}}.{{word:73:3}}",
} as const;
type PlaceName = keyof typeof PLACES;
const PLACE_NAMES = Object.keys(PLACES) as readonly PlaceName[];

const PAYLOADS: readonly Payload[] = [
  payloadOf("context-payload-in-test-data", "tests/data/sample.txt"),
  payloadOf("context-payload-in-licence", "LICENSE"),
  payloadOf("context-payload-in-dot-folder", ".config/names/rules"),
  payloadOf("secrets-github-token-in-python", "scripts/publish.py"),
];

/** The payload in every place at once, and alone where it seems to be missing: a scanner may tell the same thing only so often. */
export const locationCases: readonly CaseDefinition[] = PAYLOADS.map((payload) =>
  defineCase({
    id: `SCAN-046/everywhere-${payload.from.id}`,
    requirement: "SCAN-046",
    title: `scans a payload (${techniqueOf(payload.from)}) under ${PLACE_NAMES.length} names`,
    isolation: "shared",
    expects: PLACE_NAMES,
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinWithFiles(payload, inPlaces(PLACE_NAMES, payload.benign)));
      await using everywhere = await buildInCase(context, withFiles(payload.from, inPlaces(PLACE_NAMES, payload.hostile)));
      const scanned = await scan(instance, everywhere.request);
      for (const name of PLACE_NAMES) {
        const isFound = isFoundAt(scanned, everywhere, name);
        const seen = isFound ? { skill: everywhere, scanned } : await scanAlone(context, instance, payload, name);
        checkPlace(context, name, seen);
      }
    },
  }),
);

async function scanAlone(
  context: CaseContext,
  instance: OpenInstance,
  { from, hostile }: Payload,
  name: PlaceName,
): Promise<{ readonly skill: BuiltSkill; readonly scanned: Scanned }> {
  await using skill = await buildInCase(context, withFiles(from, inPlaces([name], hostile)));
  return { skill, scanned: await scan(instance, skill.request) };
}

function checkPlace(
  context: CaseContext,
  name: PlaceName,
  { skill, scanned }: { readonly skill: BuiltSkill; readonly scanned: Scanned },
): void {
  const { path } = skill.entry(PLACES[name]);
  context.check(name, isFoundAt(scanned, skill, name), {
    did: `scanned a skill with a payload (${techniqueOf(skill.fixture)}) ${name}`,
    expected: `a finding of category ${categoriesOf(skill.fixture).join(" or ")} at ${path} whose action is warn or reject`,
    got: describe(scanned),
  });
}

function isFoundAt(scanned: Scanned, skill: BuiltSkill, name: PlaceName): boolean {
  const { path } = skill.entry(PLACES[name]);
  const wanted = categoriesOf(skill.fixture);
  return findingsOf(scanned).some((finding) => finding.path === path && finding.action !== "note" && wanted.includes(finding.category));
}

function categoriesOf({ expect }: SkillFixture): readonly Category[] {
  return expect.findings?.flatMap(({ category = [] }) => category) ?? [];
}

function inPlaces(names: readonly PlaceName[], lines: readonly string[]): Readonly<Record<string, Body>> {
  return Object.fromEntries(names.map((name) => [PLACES[name], name === "as a notebook" ? notebook(lines) : lines]));
}

function notebook(lines: readonly string[]): string {
  const source = lines.map((line) => `${line}\n`);
  const cells = [{ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source }];
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
