import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";
import { skillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { CanaryScanner } from "../../wire/canary.ts";
import { drawnParts } from "./drawn-parts.ts";
import { hostileOf } from "./fixture-case.ts";
import { AROUND_SECRET, ENCODED_SECRETS, QUOTED } from "./quoted-secrets.ts";
import { describe, findingsOf, isRefused, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, techniqueOf } from "./skill-in-case.ts";

const SECRETS = hostileOf("secrets");

export const secretValueCases: readonly CaseDefinition[] = [
  lookedFor(
    "in-their-findings",
    `scans ${SECRETS.length} skills with credentials and looks for them in the results`,
    new Map(SECRETS.map((id) => [id, skillFixture(id)])),
  ),
  lookedFor(
    "in-other-findings",
    `scans ${QUOTED.size} skills whose credentials stand where findings of other kinds quote something`,
    QUOTED,
  ),
  lookedFor("in-encoded-texts", `scans ${ENCODED_SECRETS.size} skills whose credentials are encoded`, ENCODED_SECRETS, "SCAN-039"),
  defineCase({
    id: "SCAN-035/says-that-it-redacted",
    requirement: "SCAN-035",
    title: "scans a skill with a credential in a download and looks at what is said of the evidence",
    isolation: "shared",
    expects: ["it is told"],
    run: async (context) => checkTold(context, await context.open()),
  }),
];

/** Where `row` is left out, it is the one that asks for the credential to be found in such a request. */
function lookedFor(id: string, title: string, skills: ReadonlyMap<string, SkillFixture>, row?: string): CaseDefinition {
  return defineCase({
    id: `SCAN-035/${id}`,
    requirement: "SCAN-035",
    title,
    isolation: "shared",
    negative: true,
    expects: [...skills.keys()],
    run: async (context) => {
      const instance = await context.open();
      for (const [name, fixture] of skills) await lookForSecrets(context, instance, { name, fixture, row });
    },
  });
}

async function lookForSecrets(
  context: CaseContext,
  instance: OpenInstance,
  { name, fixture, row }: { readonly name: string; readonly fixture: SkillFixture; readonly row: string | undefined },
): Promise<void> {
  await using skill = await buildInCase(context, fixture);
  await using other = await buildInCase(context, fixture);
  const scanner = scannerFor(skill, other);
  context.sensor(
    "the text of a result",
    [...skill.secrets.values()].every((value) => scanner.find(JSON.stringify({ text: value }))),
  );
  const scanned = await scan(instance, skill.request);
  const did = `scanned a skill with ${[...skill.secrets.keys()].map((key) => key.split(":")[1]).join(" and ")} in it (${techniqueOf(fixture)})`;
  const isTold = isRefused(scanned) && findingsOf(scanned).some(({ category }) => category === "secret");
  // What a request says must not hide a credential, which is for another row.
  const asked = row ?? (skill.request.intent === undefined ? "SCAN-034" : "SCAN-046");
  context.contrast(asked, isTold, { did, expected: "a finding of category secret", got: isTold ? "it is there" : describe(scanned) });
  context.barrier("the answer of the scan");
  const leak = leakIn(scanner, scanned);
  context.check(name, leak === undefined, {
    did,
    expected: "a result without twelve characters in a row of what is secret in it",
    got: leak ?? "",
  });
}

/** Only of evidence that shows what stood on both sides is it known from outside that something was taken out of it. */
async function checkTold(context: CaseContext, instance: OpenInstance): Promise<void> {
  await using skill = await buildInCase(context, AROUND_SECRET.fixture);
  const scanned = await scan(instance, skill.request);
  const sides = [AROUND_SECRET.before(skill.nonce), AROUND_SECRET.after(skill.nonce)];
  const untold = findingsOf(scanned).filter(({ evidence }) => !evidence.redacted && sides.every((side) => evidence.text.includes(side)));
  context.check("it is told", scanned.ok && untold.length === 0, {
    did: `scanned a skill in which ${techniqueOf(skill.fixture)}`,
    expected: "evidence.redacted true where the evidence shows both sides of the credential and not the credential",
    got: scanned.ok
      ? `evidence.redacted false in the finding of ${untold.map(({ ruleId }) => ruleId).join(" and of ")}`
      : describe(scanned),
  });
}

/** Knows what is secret in a skill: not what each credential of its kind has. */
function scannerFor({ secrets }: BuiltSkill, other: BuiltSkill): CanaryScanner {
  const scanner = new CanaryScanner();
  for (const [key, value] of secrets) {
    for (const part of drawnParts(value, other.secrets.get(key) ?? "")) scanner.plant(key.replace("secret:", ""), part);
  }
  return scanner;
}

/** Which credential shows where, without a character of it. */
function leakIn(scanner: CanaryScanner, scanned: Scanned): string | undefined {
  for (const { ruleId, path, message, evidence } of findingsOf(scanned)) {
    const shows = [message, evidence.text].map((text) => scanner.find(text)).find((leak) => leak !== undefined);
    if (shows) return `the ${shows.label}, ${shows.form}, in the finding of ${ruleId} at ${path}`;
  }
  const leak = scanner.find(JSON.stringify(scanned));
  return leak && `the ${leak.label}, ${leak.form}, in the result`;
}
