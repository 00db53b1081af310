import { escapePath } from "@flynn/sdk/kernel";
import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlBenign } from "./benign-control.ts";
import { benignOf, hostileOf, twinOf } from "./fixture-case.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** Odd names come with the content that scanners like to quote. */
const WITH_ODD_NAMES = [
  "escaped-name",
  "escaped-mixed-name",
  "name-c1-control",
  "folder-name-escape",
  "folder-name-not-utf8",
  "name-with-backslash",
];
const WITH_ODD_TEXT = hostileOf("escapes").filter((id) => !WITH_ODD_NAMES.includes(id));
const WITH_PLAIN_NAMES = benignOf("escapes").filter((id) => id.includes("name"));

export const escapeCases: readonly CaseDefinition[] = [
  ...WITH_ODD_NAMES.map(oddName),
  ...WITH_ODD_TEXT.map(oddText),
  ...WITH_PLAIN_NAMES.map(plainName),
];

function oddName(id: string): CaseDefinition {
  return defineCase({
    ...about(id),
    expects: ["paths are escaped", "nothing acts"],
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinOf(id));
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const known = new Set(skill.entries.map(({ path }) => path));
      const odd = skill.entries.filter(({ template, path }) => template.includes("\\x") || path.includes("\\x"));
      const written = pathsOf(scanned);
      const strays = written.filter((path) => path !== "" && !known.has(path));
      const isNamed = odd.some(({ path }) => written.includes(path)) || strays.length > 0;
      const expected = `the paths ${odd.map(({ path }) => path).join(", ")}`;
      context.control("SCAN-003", isNamed, { did: didScan(skill), expected, got: describe(scanned) });
      controlCount(context, skill, scanned);
      const got = `the paths ${strays.map((path) => JSON.stringify(path)).join(", ")}`;
      context.check("paths are escaped", strays.length === 0, { did: didScan(skill), expected, got });
      checkHarmless(context, didScan(skill), scanned);
    },
  });
}

function oddText(id: string): CaseDefinition {
  return defineCase({
    ...about(id),
    expects: ["nothing acts"],
    run: async (context) => {
      const instance = await context.open();
      await controlBenign(context, instance, twinOf(id));
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const isTold = findingsOf(scanned).length > 0;
      context.control(rowOf(id), isTold, {
        did: didScan(skill),
        expected: "a finding, so that there is something to quote",
        got: describe(scanned),
      });
      checkHarmless(context, didScan(skill), scanned);
    },
  });
}

function plainName(id: string): CaseDefinition {
  return defineCase({
    ...about(id),
    expects: ["nothing is escaped"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      const known = new Set(skill.entries.map(({ path }) => path));
      const strays = pathsOf(scanned).filter((path) => path !== "" && !known.has(path));
      const listed = pathsOf(scanned).length > 0;
      context.control("SCAN-003", listed, { did: didScan(skill), expected: "entries in the inventory", got: describe(scanned) });
      controlCount(context, skill, scanned);
      const expected = `the paths ${[...known].join(", ")}`;
      context.check("nothing is escaped", strays.length === 0, { did: didScan(skill), expected, got: `the paths ${strays.join(", ")}` });
    },
  });
}

/** An entry that is not in the tree is not one that is written in another way. */
function controlCount(context: CaseContext, skill: BuiltSkill, scanned: Scanned): void {
  const count = scanned.ok ? scanned.value.inventory.length : 0;
  const expected = `no more than the ${skill.entries.length} entries of the tree`;
  context.control("SCAN-003", count <= skill.entries.length, { did: didScan(skill), expected, got: `${count} entries` });
}

function about(id: string): Pick<CaseDefinition, "id" | "requirement" | "title" | "isolation" | "requires"> {
  const { requires } = skillFixture(id);
  return {
    id: `SCAN-013/${id}`,
    requirement: "SCAN-013",
    title: `looks how a result is written: ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires,
  };
}

/** The row that asks for the finding whose text is looked at. */
function rowOf(id: string): string {
  if (id.includes("link")) return "SCAN-004";
  if (id.includes("permission")) return "SCAN-021";
  return id.includes("manifest") ? "SCAN-022" : id.includes("tag") ? "SCAN-024" : "SCAN-023";
}

function checkHarmless(context: Parameters<CaseDefinition["run"]>[0], did: string, scanned: Scanned): void {
  const acting = scanned.ok ? stringsIn(scanned.value).filter((text) => !isHarmless(text)) : [];
  const got = acting.map((text) => escapePath(Buffer.from(text)).slice(0, 120)).join("; ");
  const expected = "no control, invisible or direction-changing character, and no half of a surrogate pair, in any string of the result";
  context.check("nothing acts", acting.length === 0, { did, expected, got: `(with escapes here) ${got}` });
}

function pathsOf(scanned: Scanned): readonly string[] {
  if (!scanned.ok) return [];
  return [...scanned.value.inventory, ...scanned.value.findings].map(({ path }) => path);
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** A backslash is how an escape starts; the style of an emoji changes nothing but the emoji. */
function isHarmless(text: string): boolean {
  if (!text.isWellFormed()) return false;
  const plain = text.replaceAll(/[\\\uFE0E\uFE0F]/gu, "");
  return escapePath(Buffer.from(plain)) === plain;
}
