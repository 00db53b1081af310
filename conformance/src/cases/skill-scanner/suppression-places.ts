import { linkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ScanRequest } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { Body } from "./derived-skill.ts";
import { describe, findingsOf, isRefused, scan } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, linesOfAllPayloads, openSuppressible, scanSuppressing } from "./suppressible.ts";
import { checkPolicy } from "./suppression-checks.ts";

/** Where a finding may lie, each with the path of a file there, as it stands in the inventory. */
const PLACES = {
  "in SKILL.md": "SKILL.md",
  "at a path with letters beyond ASCII": "läsning/確認済み.sh",
  "at a path with an escape": "tools/bell\\x07.sh",
} as const;

/** What else a request may hold. None of it has a say in what is suppressed. */
const MEMBERS = {
  assets: { policy: { assets: ["png"] } },
  "an intent": { intent: { routed: false, permissions: ["books.read"] } },
  limits: { limits: { files: 4_000, depth: 40 } },
} as const satisfies Readonly<Record<string, Partial<ScanRequest>>>;

const UNREAD = "unread.md";

export const suppressionPlaceCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-050/wherever-it-lies",
    requirement: "SCAN-050",
    title: `has the policy suppress what was found ${Object.keys(PLACES).join(", and ")}`,
    isolation: "shared",
    requires: ["byte-file-names"],
    expects: Object.keys(PLACES),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance, { files: Object.fromEntries(Object.values(PLACES).map(fileAt)) });
      for (const [name, path] of Object.entries(PLACES)) {
        const entries = skill.entries(path);
        context.control("SCAN-046", entries.length > 0, {
          did: `${skill.did}, and payloads of several kinds at ${path}`,
          expected: `a finding at ${path} that may be suppressed`,
          got: describe({ ok: true, value: skill.found }),
        });
        await checkPolicy(context, instance, { skill, name, entries, policy: `suppresses what was found at ${path}` });
      }
    },
  }),
  defineCase({
    id: "SCAN-050/whatever-else-is-asked",
    requirement: "SCAN-050",
    title: `has the policy suppress a finding in requests with ${Object.keys(MEMBERS).join(", with ")}`,
    isolation: "shared",
    expects: Object.keys(MEMBERS).map((member) => `with ${member}`),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      for (const [member, more] of Object.entries(MEMBERS)) {
        const request = { ...skill.request, ...more };
        const scanned = await scan(instance, request);
        const found = new Set(findingsOf(scanned).flatMap(({ path, ruleId }) => (path === FIRST ? [ruleId] : [])));
        const isFound = skill.at(FIRST).every(({ ruleId }) => found.has(ruleId));
        context.control("SCAN-046", isFound, {
          did: `${skill.did}, with ${member} in the request`,
          expected: `what was found at ${FIRST} without`,
          got: describe(scanned),
        });
        if (!scanned.ok) continue;
        await checkPolicy(context, instance, {
          skill: { ...skill, request, found: scanned.value },
          name: `with ${member}`,
          entries: skill.entries(FIRST),
          policy: `suppresses what was found at ${FIRST}, and with ${member} in the request`,
        });
      }
    },
  }),
  defineCase({
    id: "SCAN-051/beside-what-was-not-read",
    requirement: "SCAN-051",
    title: "has the policy suppress all that may be, in a skill with a hard link, which is not read",
    isolation: "shared",
    requires: ["hard-links"],
    expects: ["refused all the same"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const location = join(skill.skill.root, UNREAD);
      writeFileSync(location, `${context.random.word(20)}\n`);
      linkSync(location, join(skill.skill.root, `copy-of-${UNREAD}`));
      const without = await scan(instance, skill.request);
      const isLinkFound = findingsOf(without).some(({ category, path }) => category === "link" && path === UNREAD);
      const did = `${skill.did}, and a file with two names, ${UNREAD} and copy-of-${UNREAD}`;
      context.control("SCAN-006", isLinkFound, { did, expected: `a finding of category link at ${UNREAD}`, got: describe(without) });
      const scanned = await scanSuppressing(instance, skill.request, [...skill.entries(FIRST), ...skill.entries(SECOND)]);
      context.check("refused all the same", isRefused(scanned), {
        did: `${did}, with a policy that suppresses all that was found in the texts`,
        expected: "verdict reject, because of the link, and because the scan is incomplete",
        got: describeSuppressed(scanned),
        next: "What is suppressed has no say in the verdict, and what is left has all of it: an incomplete scan is a rejection.",
      });
    },
  }),
];

function fileAt(path: string): readonly [string, Body] {
  const lines = linesOfAllPayloads();
  if (!path.endsWith(".md")) return [path, ["#!/bin/bash", ...lines]];
  const frontMatter = [
    "---",
    "name: {{skill}}",
    "description: Sorts a reading list.",
    "---",
    "# Reading list",
    "",
    "Reference: {{nonce}}",
    "",
  ];
  return [path, [...frontMatter, "```bash", ...lines, "```"]];
}
