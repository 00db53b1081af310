import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { HostSuppression, RuleInfo } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { payloadOf } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, openSuppressible, scanSuppressing, touch } from "./suppressible.ts";
import type { Suppressible } from "./suppressible.ts";
import { checkBack, checkPolicy, checkSuppressed } from "./suppression-checks.ts";

/** What a suppression must name exactly, and how a policy, a request or a file is changed so that it no longer does. */
const DIFFERENCES = {
  "another rule": async (skill, instance, entries) => {
    const answer = await instance.ask<RuleInfo[]>("rules");
    const used = new Set(skill.found.findings.map(({ ruleId }) => ruleId));
    const other = answer.ok ? answer.value.find(({ id, suppressible }) => !used.has(id) && suppressible !== false) : undefined;
    return scanSuppressing(
      instance,
      skill.request,
      entries.map((entry) => ({ ...entry, rule: other?.id ?? "no-such-rule" })),
    );
  },
  "the rule in other case": (skill, instance, entries) =>
    scanSuppressing(
      instance,
      skill.request,
      entries.map((entry) => ({ ...entry, rule: swappedCase(entry.rule) })),
    ),
  "another skill": (skill, instance, entries) =>
    scanSuppressing(instance, { ...skill.request, skillName: `${skill.request.skillName}x` }, entries),
  "no skill name": (skill, instance, entries) => {
    const { skillName: _, ...unnamed } = skill.request;
    return scanSuppressing(instance, unnamed, entries);
  },
  "the skill in other case": (skill, instance, entries) =>
    scanSuppressing(instance, { ...skill.request, skillName: skill.request.skillName.toUpperCase() }, entries),
  "the beginning of the name of the skill": (skill, instance, entries) =>
    scanSuppressing(instance, { ...skill.request, skillName: skill.request.skillName.slice(0, -1) }, entries),
  "the name in the front matter": (skill, instance, entries) =>
    scanSuppressing(instance, skill.request, changed(entries, { skill: nameInside(skill) })),
  "a pattern for the rule": (skill, instance, entries) => scanSuppressing(instance, skill.request, changed(entries, { rule: "*" })),
  "the beginning of the rule": (skill, instance, entries) =>
    scanSuppressing(
      instance,
      skill.request,
      entries.map((entry) => ({ ...entry, rule: entry.rule.slice(0, Math.ceil(entry.rule.length / 2)) })),
    ),
  "a pattern for the path": (skill, instance, entries) => scanSuppressing(instance, skill.request, changed(entries, { path: "*" })),
  "the path in other case": (skill, instance, entries) =>
    scanSuppressing(instance, skill.request, changed(entries, { path: FIRST.toUpperCase() })),
  "a dot before the path": (skill, instance, entries) => scanSuppressing(instance, skill.request, changed(entries, { path: `./${FIRST}` })),
  "a way around in the path": (skill, instance, entries) =>
    scanSuppressing(instance, skill.request, changed(entries, { path: `docs/../${FIRST}` })),
  "a longer path": (skill, instance, entries) => scanSuppressing(instance, skill.request, changed(entries, { path: `docs/${FIRST}` })),
  "the beginning of the path": (skill, instance, entries) =>
    scanSuppressing(instance, skill.request, changed(entries, { path: FIRST.slice(0, -1) })),
  "a path with the same bytes": (skill, instance, entries) =>
    scanSuppressing(
      instance,
      skill.request,
      entries.map((entry) => ({ ...entry, path: SECOND })),
    ),
  "another digest": (skill, instance, entries) =>
    scanSuppressing(
      instance,
      skill.request,
      entries.map((entry) => ({ ...entry, digest: flipped(entry.digest) })),
    ),
  "a byte more in the file": (skill, instance, entries) => {
    touch(skill.skill, FIRST);
    return scanSuppressing(instance, skill.request, entries);
  },
} as const satisfies Record<
  string,
  (skill: Suppressible, instance: OpenInstance, entries: readonly HostSuppression[]) => ReturnType<typeof scanSuppressing>
>;

const bindingCases = Object.entries(DIFFERENCES).map(([name, scanOther]) =>
  defineCase({
    id: `SCAN-052/${name.replaceAll(" ", "-")}`,
    requirement: "SCAN-052",
    title: `suppresses a finding, and then with ${name}`,
    isolation: "shared",
    expects: ["named exactly", name],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance, { alike: true });
      const entries = skill.entries(FIRST);
      await checkSuppressed(context, instance, skill, "named exactly", "a policy that names the finding exactly");
      const scanned = await scanOther(skill, instance, entries);
      const found = findingsOf(scanned).filter(({ path, action }) => path === FIRST && action !== "note");
      context.check(name, found.length > 0, {
        did: `${skill.did}, with the same policy but ${name}`,
        expected: `the finding at ${FIRST} again`,
        got: describeSuppressed(scanned),
      });
    },
  }),
);

const COPIES = [`${FIRST}.bak`, `tools/${FIRST}`, "tools/other.sh"];

const copyCase = defineCase({
  id: "SCAN-052/files-that-are-alike",
  requirement: "SCAN-052",
  title: `has the policy suppress what was found in a file, and nothing in its copies ${COPIES.join(", ")}`,
  isolation: "shared",
  expects: ["named exactly", "the copies"],
  run: async (context) => {
    const instance = await context.open();
    await using skill = await openSuppressible(context, instance, { alike: true, copies: COPIES });
    await checkSuppressed(context, instance, skill, "named exactly", "a policy that names the finding exactly");
    const scanned = await scanSuppressing(instance, skill.request, skill.entries(FIRST));
    const kept = new Set(findingsOf(scanned).map((finding) => JSON.stringify(finding)));
    const others = skill.found.findings.filter(({ path }) => path !== FIRST && path !== "");
    const isOther = scanned.ok && scanned.value.suppressed.some(({ path }) => path !== FIRST);
    context.check("the copies", others.every((finding) => kept.has(JSON.stringify(finding))) && !isOther, {
      did: `${skill.did} and in ${COPIES.length} copies, with the same policy`,
      expected: `all ${others.length} findings at other paths than ${FIRST}, unchanged, and none of them suppressed`,
      got: describeSuppressed(scanned),
    });
  },
});

const oneRuleCase = defineCase({
  id: "SCAN-052/one-rule-of-a-file",
  requirement: "SCAN-052",
  title: "has the policy suppress what one rule found in a file with payloads of several kinds",
  isolation: "shared",
  expects: ["the first rule alone", "the last rule alone"],
  run: async (context) => {
    const instance = await context.open();
    const lines = SEVERAL.flatMap(([id, path]) => payloadOf(id, path).hostile.filter((line) => !line.startsWith("#!")));
    await using skill = await openSuppressible(context, instance, { files: { [MIXED]: ["#!/bin/bash", ...lines] } });
    const entries = skill.entries(MIXED);
    context.control("SCAN-040", entries.length > 0, {
      did: `${skill.did}, and payloads of ${SEVERAL.length} kinds in ${MIXED}`,
      expected: `a finding at ${MIXED} that may be suppressed`,
      got: describe({ ok: true, value: skill.found }),
    });
    // A scanner with one rule for all of them has nothing to tell apart, and shows it by having both checks alike.
    for (const [name, entry] of [
      ["the first rule alone", entries.at(0)],
      ["the last rule alone", entries.at(-1)],
    ] as const) {
      const named = entries.filter((candidate) => candidate === entry);
      await checkPolicy(context, instance, {
        skill,
        name,
        entries: named,
        policy: `suppresses ${named.map(({ rule }) => rule).join()} at ${MIXED} and nothing else`,
      });
    }
  },
});

const SEVERAL = [
  ["download-pipe-in-script", "fetch.sh"],
  ["exfiltration-environment-shell", "places.sh"],
  ["persistence-crontab", "explain.sh"],
  ["remote-bash-device", "check.sh"],
] as const;
const MIXED = "tools/mixed.sh";

const lineEndCase = defineCase({
  id: "SCAN-052/other-line-ends",
  requirement: "SCAN-052",
  title: "names the digest that a file would have with other line ends",
  isolation: "shared",
  expects: ["named exactly", "the digest with other line ends"],
  run: async (context) => {
    const instance = await context.open();
    await using skill = await openSuppressible(context, instance, { lineEnd: "\r\n" });
    await checkSuppressed(context, instance, skill, "named exactly", "a policy that names the finding exactly, in a file with CRLF");
    const bytes = readFileSync(join(skill.skill.root, FIRST), "utf8").replaceAll("\r\n", "\n");
    const digest = createHash("sha256").update(bytes).digest("hex");
    await checkBack(
      context,
      instance,
      skill,
      "the digest with other line ends",
      "a policy with the digest that the file would have with LF",
      { digest },
    );
  },
});

const forgottenCase = defineCase({
  id: "SCAN-052/not-remembered",
  requirement: "SCAN-052",
  title: "scans with a policy, and then without it",
  isolation: "shared",
  expects: ["named exactly", "without the policy"],
  run: async (context) => {
    const instance = await context.open();
    await using skill = await openSuppressible(context, instance);
    await checkSuppressed(context, instance, skill, "named exactly", "a policy that names the finding exactly");
    const scanned = await scan(instance, skill.request);
    const isFound = findingsOf(scanned).some(({ path, action }) => path === FIRST && action !== "note");
    context.check("without the policy", isFound && scanned.ok && scanned.value.suppressed.length === 0, {
      did: `${skill.did}, with that policy and then without it`,
      expected: `the finding at ${FIRST} again, and nothing suppressed`,
      got: describeSuppressed(scanned),
    });
  },
});

export const suppressionBindingCases: readonly CaseDefinition[] = [...bindingCases, copyCase, oneRuleCase, lineEndCase, forgottenCase];

function changed(entries: readonly HostSuppression[], change: Partial<HostSuppression>): readonly HostSuppression[] {
  return entries.map((entry) => ({ ...entry, ...change }));
}

/** What the skill calls itself, which is not for the host to go by. */
function nameInside({ skill }: Suppressible): string {
  return /^name: (?<name>.+)$/mu.exec(readFileSync(join(skill.root, "SKILL.md"), "utf8"))?.groups?.["name"] ?? "no-name";
}

function swappedCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function flipped(digest: string): string {
  return `${digest.startsWith("0") ? "1" : "0"}${digest.slice(1)}`;
}
