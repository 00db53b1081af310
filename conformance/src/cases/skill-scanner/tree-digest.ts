import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";
import { unescapePath } from "@flynn/sdk/kernel";
import { treeDigest } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** The lines have no word of modes. */
const EXECUTABLE = executable("executable-files", skillFixture("clean-with-references"));

export const treeDigestCases: readonly CaseDefinition[] = [
  ...[...["clean-with-references", "clean-sorts-oddly", "copied-manifest"].map((id) => skillFixture(id)), EXECUTABLE].map((fixture) =>
    defineCase({
      id: `SCAN-002/${fixture.id}`,
      requirement: "SCAN-002",
      title: `compares the digest of the tree ${fixture.id} with its own`,
      isolation: "shared",
      expects: ["digest"],
      run: async (context) => {
        const instance = await context.open();
        await using skill = await buildInCase(context, fixture);
        const scanned = await scan(instance, skill.request);
        controlPaths(context, skill, scanned);
        const expected = treeDigest(skill.entries);
        const listed = `over ${skill.entries.length} entries: ${skill.entries.map(({ path }) => path).join(", ")}`;
        context.check("digest", digestOf(scanned) === expected, {
          did: didScan(skill),
          expected: `treeDigest ${expected} ${listed}`,
          got: describeDigest(scanned),
        });
      },
    }),
  ),
  ...["link-to-own-file", "escaped-name", "opaque-file", "zip-archive", "several-assets"].map(overInventory),
  defineCase({
    id: "SCAN-002/incomplete",
    requirement: "SCAN-002",
    title: "scans a root that is not there, and a clean one",
    isolation: "shared",
    expects: ["digest of a clean skill", "null when incomplete"],
    run: async (context) => {
      const instance = await context.open();
      await using clean = await buildInCase(context, "root-plain-folder");
      const scanned = await scan(instance, clean.request);
      const expected = `treeDigest ${treeDigest(clean.entries)}`;
      context.check("digest of a clean skill", digestOf(scanned) === treeDigest(clean.entries), {
        did: didScan(clean),
        expected,
        got: describeDigest(scanned),
      });
      await using missing = await buildInCase(context, "root-missing");
      const refused = await scan(instance, missing.request);
      context.control("SCAN-009", refused.ok && !refused.value.complete, {
        did: didScan(missing),
        expected: "complete false",
        got: describe(refused),
      });
      context.check("null when incomplete", digestOf(refused) === null, {
        did: didScan(missing),
        expected: "treeDigest null",
        got: describeDigest(refused),
      });
    },
  }),
];

function executable(id: string, fixture: SkillFixture): SkillFixture {
  const technique = "Files that may be executed.";
  return {
    ...fixture,
    id,
    technique,
    entries: fixture.entries.map((entry) => (entry.kind === "file" ? { ...entry, mode: "755" } : entry)),
  };
}

/** Whether the scan is complete, what is listed and how it is written, other rows ask; here it is about the lines only. */
function overInventory(id: string): CaseDefinition {
  return defineCase({
    id: `SCAN-002/${id}`,
    requirement: "SCAN-002",
    title: `compares the digest of a tree with that of its inventory: ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    expects: ["digest"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const inventory = scanned.ok ? scanned.value.inventory : [];
      const lines = inventory.map((entry) => (entry.kind === "file" ? entry : { ...entry, bytes: 0, sha256: null }));
      const expected = scanned.ok && scanned.value.complete ? treeDigest(lines) : null;
      const over = `${String(expected)}, over the paths as the inventory has them, with size 0 and an empty sha256 for all but files`;
      const said = expected === null ? "null, because the scan is not complete" : over;
      context.check("digest", scanned.ok && digestOf(scanned) === expected, {
        did: didScan(skill),
        expected: `treeDigest ${said}`,
        got: describeDigest(scanned),
      });
    },
  });
}

/** A digest over other paths than those of the tree is the matter of whichever row asks for the paths. */
function controlPaths(context: CaseContext, skill: BuiltSkill, scanned: Scanned): void {
  const inventory = scanned.ok ? scanned.value.inventory : [];
  const bytes = new Set(inventory.map(({ path }) => Buffer.from(unescapePath(path)).toString("hex")));
  const listed = new Set(inventory.map(({ path }) => path));
  const missing = skill.entries.filter(({ path }) => !bytes.has(Buffer.from(unescapePath(path)).toString("hex")));
  const misspelt = skill.entries.filter(({ path }) => !listed.has(path));
  const seen = { did: didScan(skill), got: inventory.map(({ path }) => path).join(", ") };
  context.control("SCAN-003", missing.length === 0, { ...seen, expected: `the entries ${missing.map(({ path }) => path).join(", ")}` });
  context.control("SCAN-013", misspelt.length === 0, { ...seen, expected: `the paths ${misspelt.map(({ path }) => path).join(", ")}` });
}

function digestOf(scanned: Scanned): string | null | undefined {
  return scanned.ok ? scanned.value.treeDigest : undefined;
}

function describeDigest(scanned: Scanned): string {
  return scanned.ok ? `treeDigest ${String(scanned.value.treeDigest)} (${describe(scanned)})` : describe(scanned);
}
