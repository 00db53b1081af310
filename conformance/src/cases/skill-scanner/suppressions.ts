import type { Suppression } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, findingsOf, isAllowed, isRefused, isWarned, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, openSuppressible, saidOf, scanSuppressing } from "./suppressible.ts";

export const suppressionCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-050/moved-with-their-reason",
    requirement: "SCAN-050",
    title: "has the policy suppress what was found in one of two files",
    isolation: "shared",
    expects: ["no longer among the findings", "listed with the reason", "the others stay"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const entries = skill.entries(FIRST);
      const scanned = await scanSuppressing(instance, skill.request, entries);
      const did = `${skill.did}, with a policy that suppresses ${[...new Set(entries.map(({ rule }) => rule))].join(", ")} at ${FIRST}`;
      const got = describeSuppressed(scanned);
      const left = findingsOf(scanned).filter(({ path, ruleId }) => path === FIRST && entries.some(({ rule }) => rule === ruleId));
      context.check("no longer among the findings", scanned.ok && left.length === 0, {
        did,
        expected: `no finding of these rules at ${FIRST}`,
        got,
      });
      const wanted = skill
        .at(FIRST)
        .map(({ ruleId, path }) => ({ ruleId, path, reason: entries.find(({ rule }) => rule === ruleId)?.reason ?? "" }));
      context.check("listed with the reason", listedIn(scanned) === written(wanted), {
        did,
        expected: `suppressed: ${wanted.map(({ ruleId, path, reason }) => `${ruleId} at ${path} (${reason})`).join("; ")}`,
        got,
      });
      const others = skill.found.findings.filter(({ path }) => path !== FIRST);
      const kept = findingsOf(scanned).filter(({ path }) => path !== FIRST);
      context.check("the others stay", JSON.stringify(kept) === JSON.stringify(others), {
        did,
        expected: `all that is found at ${SECOND} without it`,
        got,
      });
    },
  }),
  defineCase({
    id: "SCAN-051/of-what-is-left",
    requirement: "SCAN-051",
    title: "has the policy suppress what was found in one of two files, and then in both",
    isolation: "shared",
    expects: ["something is left", "nothing is left"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const first = await scanSuppressing(instance, skill.request, skill.entries(FIRST));
      const isAsBefore = first.ok && first.value.verdict === skill.found.verdict;
      context.check("something is left", isAsBefore && isWarned(first), {
        did: `${skill.did}, with a policy that suppresses what was found at ${FIRST}`,
        expected: `verdict ${skill.found.verdict}, because of what is found at ${SECOND}`,
        got: describe(first),
      });
      const both = await scanSuppressing(instance, skill.request, [...skill.entries(FIRST), ...skill.entries(SECOND)]);
      context.check("nothing is left", isAllowed(both), {
        did: `${skill.did}, with a policy that suppresses all that was found`,
        expected: "verdict allow",
        got: describe(both),
      });
    },
  }),
  defineCase({
    id: "SCAN-055/what-was-scanned",
    requirement: "SCAN-055",
    title: "compares results with and without suppressions, of a skill within the limits and of one above them",
    isolation: "shared",
    expects: ["complete", "inventory", "treeDigest", "above a limit"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const entries = [...skill.entries(FIRST), ...skill.entries(SECOND)];
      const scanned = await scanSuppressing(instance, skill.request, entries);
      const did = `${skill.did}, with a policy that suppresses all that was found`;
      for (const member of ["complete", "inventory", "treeDigest"] as const) {
        const [before, after] = [JSON.stringify(skill.found[member]), scanned.ok ? JSON.stringify(scanned.value[member]) : ""];
        const expected = `${member} ${short(before)}, as without the policy`;
        context.check(member, before === after, { did, expected, got: scanned.ok ? `${member} ${short(after)}` : describe(scanned) });
      }
      const tight = { ...skill.request, limits: { files: 1 } };
      const without = await scan(instance, tight);
      context.control("SCAN-015", isRefused(without) && without.ok && !without.value.complete, {
        did: `${skill.did}, with a limit of one file`,
        expected: "verdict reject, complete false",
        got: describe(without),
      });
      const above = await scanSuppressing(instance, tight, entries);
      context.check("above a limit", above.ok && saidOf(above) === saidOf(without), {
        did: `${did}, and with a limit of one file`,
        expected: `the same result as without the policy: ${describe(without)}`,
        got: describeSuppressed(above),
      });
    },
  }),
];

function listedIn(scanned: Scanned): string {
  return written(scanned.ok ? scanned.value.suppressed.filter(({ path }) => path === FIRST) : []);
}

function written(list: readonly Suppression[]): string {
  return JSON.stringify(list.map(({ ruleId, path, reason }) => [ruleId, path, reason].join(" ")).toSorted());
}

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
