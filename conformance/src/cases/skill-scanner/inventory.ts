import { createHash } from "node:crypto";
import { readFileSync, truncateSync } from "node:fs";

import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { benignOf, hostileOf } from "./fixture-case.ts";
import { misdescribed } from "./inventory-entries.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan, techniqueOf } from "./skill-in-case.ts";

/** Beside the family that asks whether anything is left out: trees whose entries are of several kinds, or sort in several ways. */
const FIXTURES = [...benignOf("coverage"), ...hostileOf("coverage"), "clean-sorts-oddly", "decomposed-name", "several-assets"];

/** That these have a finding, rows of their own ask. */
const EXPLAINED_ELSEWHERE = ["link-in-inventory", "socket-in-inventory"];

/** Files above a limit; how many of them are listed is the scanner's own affair. */
const ABOVE_LIMITS = ["file-bytes-above-limit", "files-above-limit", "default-skill-file-bytes-above"] as const;

const WITH_HOLES_BYTES = 2 ** 18;

export const inventoryCases: readonly CaseDefinition[] = [...FIXTURES.map(wholeTree), aboveLimits(), withHoles()];

function wholeTree(id: string): CaseDefinition {
  const always = ["every entry once", "nothing else", "sorted by the bytes of the paths"];
  return defineCase({
    id: `SCAN-003/${id}`,
    requirement: "SCAN-003",
    title: `compares the inventory with the tree: ${techniqueOf(skillFixture(id))}`,
    isolation: "shared",
    requires: skillFixture(id).requires,
    expects: [...always, ...(EXPLAINED_ELSEWHERE.includes(id) ? [] : ["nothing unread without a finding"]), "each as it is in the tree"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const scanned = await scan(instance, skill.request);
      controlRead(context, skill, scanned);
      const wrong = miscounted(skill, scanned);
      const expected = `each of the ${skill.entries.length} entries in the inventory exactly once`;
      context.check("every entry once", scanned.ok && wrong.length === 0, {
        did: didScan(skill),
        expected,
        got: wrong.join("; ") || describe(scanned),
      });
      const known = new Set(skill.entries.map(({ path }) => path));
      const paths = scanned.ok ? scanned.value.inventory.map(({ path }) => path) : [];
      const phantoms = paths.filter((path) => !known.has(path));
      context.check("nothing else", phantoms.length === 0, {
        did: didScan(skill),
        expected: `no entry but the ${skill.entries.length} of the tree`,
        got: `also ${phantoms.join(", ")}`,
      });
      const sorted = paths.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      context.check("sorted by the bytes of the paths", paths.join("\0") === sorted.join("\0"), {
        did: didScan(skill),
        expected: `the entries in the order ${sorted.join(", ")}`,
        got: `the order ${paths.join(", ")}`,
        next: "Compare the UTF-8 bytes of the paths; JavaScript compares UTF-16 units.",
      });
      if (!EXPLAINED_ELSEWHERE.includes(id)) {
        const silent = unexplained(scanned);
        context.check("nothing unread without a finding", silent.length === 0, {
          did: didScan(skill),
          expected: "a finding at the path of each entry whose disposition is not read",
          got: `none at ${silent.join(", ")}`,
        });
      }
      checkEntries(context, "each as it is in the tree", skill, scanned);
    },
  });
}

function aboveLimits(): CaseDefinition {
  return defineCase({
    id: "SCAN-003/above-limits",
    requirement: "SCAN-003",
    title: `compares what is listed of trees above their limits with what is there: ${ABOVE_LIMITS.join(", ")}`,
    isolation: "shared",
    expects: ABOVE_LIMITS,
    run: async (context) => {
      const instance = await context.open();
      for (const id of ABOVE_LIMITS) {
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        checkEntries(context, id, skill, scanned);
      }
    },
  });
}

/** Its size is that of its bytes, however few of them take room on the disk. */
function withHoles(): CaseDefinition {
  return defineCase({
    id: "SCAN-003/file-with-holes",
    requirement: "SCAN-003",
    title: "scans a file that begins with text and goes on with holes, and compares its entry with its bytes",
    isolation: "shared",
    expects: ["size and sha256"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "copied-file");
      const { path, location } = skill.entry("{{word:1}}.md");
      truncateSync(location, WITH_HOLES_BYTES);
      const sha256 = createHash("sha256").update(readFileSync(location)).digest("hex");
      const scanned = await scan(instance, skill.request);
      controlRead(context, skill, scanned);
      const listed = scanned.ok ? scanned.value.inventory.find((entry) => entry.path === path) : undefined;
      const isRead = listed?.bytes === WITH_HOLES_BYTES && listed.sha256 === sha256;
      context.check(
        "size and sha256",
        isRead || (listed !== undefined && scanned.ok && !scanned.value.complete && listed.sha256 === null),
        {
          did: `${didScan(skill)}, in which ${path} goes on with zero bytes that take no room on the disk`,
          expected: `${path} in the inventory with ${WITH_HOLES_BYTES} bytes and the sha256 ${sha256}, or with the sha256 null in a scan that is not complete`,
          got: listed ? `${listed.bytes} bytes with the sha256 ${String(listed.sha256)} (${describe(scanned)})` : describe(scanned),
          next: "Take the size of a file, and not the blocks that it takes.",
        },
      );
    },
  });
}

function checkEntries(context: CaseContext, name: string, skill: BuiltSkill, scanned: Scanned): void {
  const wrong = scanned.ok ? misdescribed(skill, scanned.value) : [];
  context.check(name, scanned.ok && wrong.length === 0, {
    did: didScan(skill),
    expected: "each entry with its own kind, size, sha256 and disposition, and no digest of what was not read",
    got: wrong.join("; ") || describe(scanned),
  });
}

function miscounted(skill: BuiltSkill, scanned: Scanned): readonly string[] {
  const inventory = scanned.ok ? scanned.value.inventory : [];
  const counts = skill.entries.map(({ path, kind }) => ({ path, kind, count: inventory.filter((entry) => entry.path === path).length }));
  return counts
    .filter(({ count }) => count !== 1)
    .map(({ path, kind, count }) => `the ${kind} ${path} is ${count === 0 ? "missing" : `there ${count} times`}`);
}

function unexplained(scanned: Scanned): readonly string[] {
  const explained = new Set(findingsOf(scanned).map(({ path }) => path));
  const inventory = scanned.ok ? scanned.value.inventory : [];
  return inventory
    .filter(({ disposition, path }) => disposition !== "read" && !explained.has(path))
    .map(({ path, disposition }) => `${path} (${disposition})`);
}
