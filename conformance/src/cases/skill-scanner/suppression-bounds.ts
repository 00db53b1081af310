import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { HostSuppression, RuleInfo } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { findingsOf, scan } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, isQuietAt, openSuppressible, scanSuppressing, touch } from "./suppressible.ts";
import type { Suppressible } from "./suppressible.ts";

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

const A_WHILE_MS = 2_000;
const A_DAY_MS = 86_400_000;

const expiryCases = [
  defineCase({
    id: "SCAN-053/at-exactly-expires",
    requirement: "SCAN-053",
    title: "scans one millisecond before a suppression expires, and when it does",
    isolation: "shared",
    movesTime: true,
    expects: ["one millisecond before", "at expires"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const slackMs = instance.clock.slackMs;
      const inMs = A_WHILE_MS + slackMs + context.random.integer(500);
      const expires = new Date(instance.clock.reading.wall + inMs).toISOString();
      await instance.clock.advance(inMs - 1 - slackMs);
      await checkSuppressed(context, instance, skill, "one millisecond before", `a policy that expires in ${1 + slackMs} ms`, { expires });
      await instance.clock.advance(1 + 2 * slackMs);
      await checkBack(context, instance, skill, "at expires", `a policy that expires now`, { expires });
    },
  }),
  defineCase({
    id: "SCAN-053/by-the-wall-clock",
    requirement: "SCAN-053",
    title: "lets a day pass on the other clocks, and then on the wall clock alone",
    isolation: "shared",
    movesTime: true,
    expects: ["the other clocks have moved", "the wall clock has moved"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const expires = new Date(instance.clock.reading.wall + A_DAY_MS / 2).toISOString();
      await instance.clock.jump({ mono: A_DAY_MS, boot: A_DAY_MS });
      await checkSuppressed(
        context,
        instance,
        skill,
        "the other clocks have moved",
        "a policy for half a day, after a day on the monotonic clock",
        {
          expires,
        },
      );
      await instance.clock.jump({ wall: A_DAY_MS });
      await checkBack(context, instance, skill, "the wall clock has moved", "a policy for half a day, after a day on the wall clock", {
        expires,
      });
    },
  }),
];

/** Where tools keep their policies. None of them is the host's. */
const POLICY_FILES = [
  "policy.json",
  "skill-policy.json",
  ".flynn/policy.json",
  ".flynn/skill-policy.json",
  ".skill-scan.json",
  "suppressions.json",
];

const ownPolicyCase = defineCase({
  id: "SCAN-056/own-policy",
  requirement: "SCAN-056",
  title: `puts a policy that suppresses everything into the skill, as ${POLICY_FILES.join(", ")}`,
  isolation: "shared",
  expects: ["from the host", "from the skill"],
  run: async (context) => {
    const instance = await context.open();
    await using skill = await openSuppressible(context, instance);
    await checkSuppressed(context, instance, skill, "from the host", "such a policy in the request");
    const suppressions = [...skill.entries(FIRST), ...skill.entries(SECOND)];
    for (const name of POLICY_FILES) {
      const location = join(skill.skill.root, name);
      mkdirSync(dirname(location), { recursive: true });
      writeFileSync(location, `${JSON.stringify({ version: 1, suppressions, policy: { suppressions } }, null, 2)}\n`);
    }
    const scanned = await scan(instance, skill.request);
    const isFound = [FIRST, SECOND].every((file) => findingsOf(scanned).some(({ path, action }) => path === file && action !== "note"));
    context.check("from the skill", isFound && scanned.ok && scanned.value.suppressed.length === 0, {
      did: `${skill.did}, with such a policy in ${POLICY_FILES.length} files of the skill and none in the request`,
      expected: `the findings at ${FIRST} and ${SECOND}, and none suppressed`,
      got: describeSuppressed(scanned),
    });
  },
});

export const suppressionBoundCases: readonly CaseDefinition[] = [...bindingCases, ...expiryCases, ownPolicyCase];

async function checkSuppressed(
  context: CaseContext,
  instance: OpenInstance,
  skill: Suppressible,
  name: string,
  policy: string,
  change: Partial<HostSuppression> = {},
): Promise<void> {
  const scanned = await scanSuppressing(instance, skill.request, skill.entries(FIRST, change));
  const isListed = scanned.ok && scanned.value.suppressed.some(({ path }) => path === FIRST);
  context.check(name, isQuietAt(scanned, FIRST) && isListed, {
    did: `${skill.did}, with ${policy}`,
    expected: `the finding at ${FIRST} suppressed`,
    got: describeSuppressed(scanned),
  });
}

async function checkBack(
  context: CaseContext,
  instance: OpenInstance,
  skill: Suppressible,
  name: string,
  policy: string,
  change: Partial<HostSuppression>,
): Promise<void> {
  const scanned = await scanSuppressing(instance, skill.request, skill.entries(FIRST, change));
  context.check(name, !isQuietAt(scanned, FIRST), {
    did: `${skill.did}, with ${policy}`,
    expected: `the finding at ${FIRST} again`,
    got: describeSuppressed(scanned),
  });
}

function swappedCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function flipped(digest: string): string {
  return `${digest.startsWith("0") ? "1" : "0"}${digest.slice(1)}`;
}
