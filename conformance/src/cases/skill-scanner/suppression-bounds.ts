import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { findingsOf, scan } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, openSuppressible } from "./suppressible.ts";
import { checkBack, checkPolicy, checkSuppressed } from "./suppression-checks.ts";

const A_WHILE_MS = 2_000;
const A_DAY_MS = 86_400_000;

/** How an instant may be written: with the fraction of its second, and without it. */
const FORMS = {
  "at-exactly-expires": {
    title: "scans one millisecond before a suppression expires, and when it does",
    stepMs: 1,
    write: (ms: number) => new Date(ms).toISOString(),
  },
  "at-a-whole-second": {
    title: "scans one millisecond before a suppression expires at a whole second that is written without a fraction, and when it does",
    stepMs: 1_000,
    write: (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z"),
  },
  "at-a-tenth-of-a-second": {
    title: "scans one millisecond before a suppression expires at a tenth of a second that is written with one digit, and when it does",
    stepMs: 100,
    write: (ms: number) => new Date(ms).toISOString().replace("00Z", "Z"),
  },
  "at-a-hundredth-of-a-second": {
    title:
      "scans one millisecond before a suppression expires at a hundredth of a second that is written with two digits, and when it does",
    stepMs: 10,
    write: (ms: number) => new Date(ms).toISOString().replace("0Z", "Z"),
  },
  "with-four-digits": {
    title: "scans one millisecond before a suppression expires at an instant whose fraction has four digits, and when it does",
    stepMs: 1,
    write: (ms: number) => new Date(ms).toISOString().replace("Z", "0Z"),
  },
  "with-microseconds": {
    title: "scans one millisecond before a suppression expires at an instant whose fraction has six digits, and when it does",
    stepMs: 1,
    write: (ms: number) => new Date(ms).toISOString().replace("Z", "000Z"),
  },
} as const;

const expiryCases = [
  ...Object.entries(FORMS).map(([id, { title, stepMs, write }]) =>
    defineCase({
      id: `SCAN-053/${id}`,
      requirement: "SCAN-053",
      title,
      isolation: "shared",
      movesTime: true,
      expects: ["one millisecond before", "at expires"],
      run: async (context) => {
        const instance = await context.open();
        await using skill = await openSuppressible(context, instance);
        const slackMs = instance.clock.slackMs;
        const now = instance.clock.reading.wall;
        const at = Math.ceil((now + A_WHILE_MS + slackMs + context.random.integer(500)) / stepMs) * stepMs;
        const expires = write(at);
        await instance.clock.advance(at - now - 1 - slackMs);
        await checkSuppressed(
          context,
          instance,
          skill,
          "one millisecond before",
          `a policy that expires in ${1 + slackMs} ms, at ${expires}`,
          { expires },
        );
        await instance.clock.advance(1 + 2 * slackMs);
        await checkBack(context, instance, skill, "at expires", `a policy that expires now, at ${expires}`, { expires });
      },
    }),
  ),
  defineCase({
    id: "SCAN-053/beside-one-in-force",
    requirement: "SCAN-053",
    title: "has the policy name a finding first in an entry that has expired, and then in one that has not",
    isolation: "shared",
    expects: ["by the one in force"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const inForce = skill.entries(FIRST);
      const expired = skill.entries(FIRST, { expires: "2020-01-01T00:00:00Z", reason: "Long ago" });
      await checkPolicy(context, instance, {
        skill,
        name: "by the one in force",
        entries: [...expired, ...inForce],
        policy: `has two entries for each finding at ${FIRST}: one that has expired, and one in force`,
      });
    },
  }),
  defineCase({
    id: "SCAN-053/by-the-wall-clock",
    requirement: "SCAN-053",
    title: "lets a day pass on the other clocks, then on the wall clock alone, and sets that one back",
    isolation: "shared",
    movesTime: true,
    expects: ["the other clocks have moved", "the wall clock has moved", "the wall clock is set back"],
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
      await instance.clock.jump({ wall: -A_DAY_MS });
      await checkSuppressed(
        context,
        instance,
        skill,
        "the wall clock is set back",
        "a policy for half a day, after the wall clock was set back by a day",
        {
          expires,
        },
      );
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
    const without = await scan(instance, skill.request);
    context.control("SCAN-052", findingsOf(without).length === skill.found.findings.length, {
      did: `${skill.did}, with that policy and then without it`,
      expected: "all that was found before",
      got: describeSuppressed(without),
    });
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

export const suppressionBoundCases: readonly CaseDefinition[] = [...expiryCases, ownPolicyCase];
