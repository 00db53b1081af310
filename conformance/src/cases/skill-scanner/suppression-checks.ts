import type { HostSuppression } from "@flynn/sdk/skill-scanner";

import type { CaseContext } from "../../judge/case-context.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { FIRST, describeSuppressed, isQuietAt, scanSuppressing } from "./suppressible.ts";
import type { Suppressible } from "./suppressible.ts";
import { checkOutcome } from "./suppression-model.ts";

export async function checkSuppressed(
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

export async function checkBack(
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

export interface CheckedPolicy {
  readonly skill: Suppressible;
  readonly name: string;
  readonly entries: readonly HostSuppression[];
  /** As in "with a policy that ...". */
  readonly policy: string;
}

/** Compares both lists of a result with what the contract's words make of the policy. */
export async function checkPolicy(
  context: CaseContext,
  instance: OpenInstance,
  { skill, name, entries, policy }: CheckedPolicy,
): Promise<void> {
  const scanned = await scanSuppressing(instance, skill.request, entries);
  const { found, rules, request } = skill;
  checkOutcome(context, name, `${skill.did}, with a policy that ${policy}`, scanned, {
    found,
    rules,
    skillName: request.skillName,
    entries,
    now: instance.clock.reading.wall,
  });
}
