import type { Limits } from "@flynn/sdk/skill-scanner";
import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";

import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { withFiles } from "./derived-skill.ts";
import { describe, findingsOf, isAccepted, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Trees that are above one default limit, and below twice that. */
const ABOVE_DEFAULT = {
  "SCAN-014": { depth: "depth-above", pathBytes: "path-above", nameBytes: "name-above" },
  "SCAN-015": {
    files: "default-files-above",
    directories: "default-directories-above",
    fileBytes: "default-file-bytes-above",
    totalBytes: "default-total-bytes-above",
    skillFileBytes: "default-skill-file-bytes-above",
    manifestBytes: "default-manifest-bytes-above",
    frontmatterBytes: "default-front-matter-bytes-above",
  },
} as const satisfies Record<string, Partial<Record<keyof Limits, string>>>;

const FAR_ABOVE: Readonly<Record<string, { readonly path: string; readonly limits: Partial<Limits> }>> = {
  "a file 60 levels deep": { path: `${"a/".repeat(59)}notes.md`, limits: { depth: 60 } },
  "a name of 255 bytes": { path: "{{word:1:252}}.md", limits: { nameBytes: 255, pathBytes: 255 } },
  "a path of 2,000 bytes": { path: `${"{{word:1:99}}/".repeat(19)}{{word:2:97}}.md`, limits: { pathBytes: 2_000, depth: 20 } },
};

export const requestLimitCases: readonly CaseDefinition[] = [
  ...Object.entries(ABOVE_DEFAULT).flatMap(([requirement, fixtures]) => [
    widenedCase(requirement, fixtures),
    othersStayCase(requirement, fixtures),
  ]),
  farWidenedCase(),
  asWideAsTheyGoCase(),
  twoAtOnceCase(),
  nextScanCase(),
];

function widenedCase(requirement: string, fixtures: Partial<Record<keyof Limits, string>>): CaseDefinition {
  const limits = Object.entries(fixtures) as readonly [keyof Limits, string][];
  return defineCase({
    id: `${requirement}/each-limit-widened`,
    requirement,
    title: `has the request allow twice the default of ${limits.map(([limit]) => limit).join(", ")}`,
    isolation: "shared",
    expects: limits.map(([limit]) => limit),
    run: async (context) => {
      const instance = await context.open();
      for (const [limit, id] of limits) {
        await using skill = await buildInCase(context, id);
        const most = 2 * DEFAULT_LIMITS[limit];
        const scanned = await scan(instance, { ...skill.request, limits: { ...skill.request.limits, [limit]: most } });
        context.check(limit, isAccepted(scanned), {
          did: `${didScan(skill)}, where the request sets ${limit} to ${most}`,
          expected: "a verdict other than reject",
          got: describe(scanned),
          next: "Take each limit from the request where it is given; a request may widen it as well as tighten it.",
        });
        controlRead(context, skill, scanned);
      }
    },
  });
}

/** The request names one limit, at its default, and so leaves all of them as they were. */
function othersStayCase(requirement: string, fixtures: Partial<Record<keyof Limits, string>>): CaseDefinition {
  const limits = Object.entries(fixtures) as readonly [keyof Limits, string][];
  return defineCase({
    id: `${requirement}/the-other-limits-stay`,
    requirement,
    title: `has the request give one limit, and goes above the default of another: ${limits.map(([limit]) => limit).join(", ")}`,
    isolation: "shared",
    expects: limits.map(([limit]) => limit),
    run: async (context) => {
      const instance = await context.open();
      for (const [limit, id] of limits) {
        await using skill = await buildInCase(context, id);
        const given = limit === "files" ? "nameBytes" : "files";
        const scanned = await scan(instance, { ...skill.request, limits: { [given]: DEFAULT_LIMITS[given] } });
        context.check(limit, isRefused(scanned), {
          did: `${didScan(skill)}, where the request sets ${given} alone`,
          expected: `verdict reject, because ${limit} is ${DEFAULT_LIMITS[limit]} where the request says nothing of it`,
          got: describe(scanned),
          next: "Fill in each limit that the request leaves out from the defaults.",
        });
      }
    },
  });
}

/** Some scanners widen a limit up to a second one of their own. The longest names that file systems have are of 255 bytes. */
function farWidenedCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-014/far-above-the-defaults",
    requirement: "SCAN-014",
    title: `has the request allow what is far above the defaults: ${Object.keys(FAR_ABOVE).join(", ")}`,
    isolation: "shared",
    expects: Object.keys(FAR_ABOVE),
    run: async (context) => {
      const instance = await context.open();
      for (const [name, { path, limits }] of Object.entries(FAR_ABOVE)) {
        await using skill = await buildFar(context, path);
        const scanned = await scan(instance, { ...skill.request, limits });
        context.check(name, isAccepted(scanned), {
          did: `scanned a skill with ${name}, where the request sets ${JSON.stringify(limits)}`,
          expected: "a verdict other than reject",
          got: describe(scanned),
          next: "Have no limit of your own above the one that the request gives.",
        });
        controlRead(context, skill, scanned);
      }
    },
  });
}

async function buildFar(context: CaseContext, path: string): Promise<BuiltSkill> {
  try {
    return await buildInCase(context, withFiles(skillFixture("clean-minimal"), { [path]: ["Notes on the reading list.", "{{nonce}}"] }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENAMETOOLONG") context.hostCannot("Its paths are not long enough");
    throw error;
  }
}

/** The largest number that the schema allows, for all limits at once: whoever takes memory for it in advance has none left. */
function asWideAsTheyGoCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-015/as-wide-as-they-go",
    requirement: "SCAN-015",
    title: "scans a clean skill with a request that sets every limit to 2^53 - 1",
    isolation: "shared",
    expects: ["every limit at once"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-with-references");
      const limits = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((limit) => [limit, Number.MAX_SAFE_INTEGER]));
      const scanned = await scan(instance, { ...skill.request, limits });
      context.check("every limit at once", isAccepted(scanned), {
        did: `${didScan(skill)}, where the request sets every limit to ${Number.MAX_SAFE_INTEGER}`,
        expected: "a verdict other than reject",
        got: describe(scanned),
        next: "Compare with the limits; take room for what is there, and not for what might be.",
      });
      controlRead(context, skill, scanned);
    },
  });
}

function twoAtOnceCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-015/above-two-limits",
    requirement: "SCAN-015",
    title: "scans a tree that is above two limits at once",
    isolation: "shared",
    expects: ["refused", "one finding of category size"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "files-above-limit");
      const scanned = await scan(instance, { ...skill.request, limits: { ...skill.request.limits, totalBytes: 1 } });
      const seen = { did: `${didScan(skill)}, and with a limit of one byte in all`, got: describe(scanned) };
      context.check("refused", isRefused(scanned), { ...seen, expected: "verdict reject" });
      const sizes = findingsOf(scanned).filter(({ category }) => category === "size");
      context.check("one finding of category size", sizes.length === 1, { ...seen, expected: "exactly one finding of category size" });
    },
  });
}

/** What a scanner remembers of a tree must not answer for other limits. */
function nextScanCase(): CaseDefinition {
  return defineCase({
    id: "SCAN-015/tighter-for-the-next-scan",
    requirement: "SCAN-015",
    title: "scans a skill, scans it with a limit of one file, and once more without",
    isolation: "shared",
    expects: ["at the defaults", "above the tighter limit", "at the defaults again"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-with-references");
      const check = async (name: string, did: string, limits: Partial<Limits> | undefined): Promise<void> => {
        const scanned = await scan(instance, { ...skill.request, ...(limits ? { limits } : {}) });
        const isRight = limits ? isRefused(scanned) && scanned.ok && !scanned.value.complete : isAccepted(scanned);
        context.check(name, isRight, {
          did: `${didScan(skill)}${did}`,
          expected: limits ? "verdict reject, complete false" : "a verdict other than reject",
          got: describe(scanned),
          next: "Let a result that is kept answer only for the same request.",
        });
      };
      await check("at the defaults", "", undefined);
      await check("above the tighter limit", ", and then with a limit of one file", { files: 1 });
      await check("at the defaults again", ", once more after the scan with a limit of one file", undefined);
    },
  });
}
