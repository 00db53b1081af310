import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { payloadOf } from "./derived-skill.ts";
import { describe, isAllowed, isRefused, isWarned, scan } from "./scanning.ts";
import { FIRST, SECOND, describeSuppressed, openSuppressible, saidOf, scanSuppressing } from "./suppressible.ts";
import { checkPolicy } from "./suppression-checks.ts";

const IN_FOLDER = "tools/deep/third.sh";
const OTHER_ENTRIES = 80;

/** Payloads of other families, each in the file that it stands in there: some are refused, and some only warned about. */
const KINDS: Readonly<Record<string, string>> = {
  "lib/run_evals.py": "dynamic-run-answers",
  "lib/places.py": "exfiltration-environment-python",
  "lib/check.py": "instructions-in-docstring",
};

/** What a scanner may only note, which is a finding like any other for whoever has looked at it. */
const MAY_BE_NOTED = {
  "lib/books.py": ["import requests", "", 'books = requests.get("https://books.example.invalid/list", verify=False)'],
};

export const suppressionCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-050/moved-with-their-reason",
    requirement: "SCAN-050",
    title: "has the policy suppress what was found in one of two files, then in both, and then in a folder as well",
    isolation: "shared",
    expects: ["in one file", "in two files", "in a folder"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance, { copies: [IN_FOLDER] });
      const paths = [FIRST, SECOND, IN_FOLDER];
      for (const [at, name] of ["in one file", "in two files", "in a folder"].entries()) {
        const suppressed = paths.slice(0, at + 1);
        const entries = suppressed.flatMap((path) => skill.entries(path));
        await checkPolicy(context, instance, {
          skill,
          name,
          entries,
          policy: `suppresses what was found at ${suppressed.join(", ")}`,
        });
      }
    },
  }),
  defineCase({
    id: "SCAN-050/of-every-kind",
    requirement: "SCAN-050",
    title: `has the policy suppress all that is found in a skill with ${Object.keys(KINDS).length} more payloads, of other categories and other weights`,
    isolation: "shared",
    expects: ["every other file", "all of it"],
    run: async (context) => {
      const instance = await context.open();
      const kinds = Object.entries(KINDS).map(([path, id]) => [path, payloadOf(id, fileOf(path)).hostile]);
      await using skill = await openSuppressible(context, instance, { files: { ...Object.fromEntries(kinds), ...MAY_BE_NOTED } });
      const paths = [...new Set(skill.found.findings.map(({ path }) => path))].filter((path) => path !== "");
      const half = paths.filter((_, at) => at % 2 === 0);
      const entries = half.flatMap((path) => skill.entries(path));
      await checkPolicy(context, instance, {
        skill,
        name: "every other file",
        entries,
        policy: `suppresses what was found at ${half.join(", ")}`,
      });
      const all = paths.flatMap((path) => skill.entries(path));
      await checkPolicy(context, instance, {
        skill,
        name: "all of it",
        entries: all,
        policy: "suppresses all that may be suppressed",
      });
    },
  }),
  defineCase({
    id: "SCAN-050/among-other-entries",
    requirement: "SCAN-050",
    title: `has the policy name a finding after ${OTHER_ENTRIES} entries for others, and then once more`,
    isolation: "shared",
    expects: ["once for each finding"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const [exact] = [skill.entries(FIRST)];
      const others = Array.from({ length: OTHER_ENTRIES }, (_, at) =>
        exact.map((entry) => ({ ...entry, path: `docs/${at}.md`, reason: `Of another file: ${at}` })),
      );
      const again = exact.map((entry) => ({ ...entry, reason: "Looked at again" }));
      const entries = [...others.flat(), ...exact, ...again];
      await checkPolicy(context, instance, {
        skill,
        name: "once for each finding",
        entries,
        policy: `has ${entries.length} entries, of which two stand for each finding at ${FIRST}`,
      });
    },
  }),
  defineCase({
    id: "SCAN-050/the-whole-reason",
    requirement: "SCAN-050",
    title: "gives a reason of 500 characters, in several scripts, and one with signs of markup and more blanks than one",
    isolation: "shared",
    expects: ["as it is", "with its signs and blanks"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await openSuppressible(context, instance);
      const reason = `${context.random.word(20)}: „geprüft“, 確認済み, ${"looked at by two people; ".repeat(30)}`.slice(0, 500);
      await checkPolicy(context, instance, {
        skill,
        name: "as it is",
        entries: skill.entries(FIRST, { reason }),
        policy: `suppresses what was found at ${FIRST}, for a reason of 500 characters`,
      });
      const marked = ` ${context.random.word(20)}:  a < b && b > c, <"it's" &amp; {fine}>  `;
      await checkPolicy(context, instance, {
        skill,
        name: "with its signs and blanks",
        entries: skill.entries(FIRST, { reason: marked }),
        policy: `suppresses what was found at ${FIRST}, for the reason ${JSON.stringify(marked)}`,
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

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
