import { FeatureMissing, buildSkill, skillFixture } from "@flynn/fixtures/skills";
import type { BuildOptions, BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";

/** Builds a fixture in the workspace of a case, with names and a nonce that differ from case to case and from seed to seed. */
export async function buildInCase(
  context: CaseContext,
  fixture: string | SkillFixture,
  options: Partial<BuildOptions> = {},
): Promise<BuiltSkill> {
  try {
    return await buildSkill(typeof fixture === "string" ? skillFixture(fixture) : fixture, {
      random: context.random,
      directory: context.workspace,
      ...options,
    });
  } catch (error) {
    if (error instanceof FeatureMissing) context.hostCannot(error.message);
    throw error;
  }
}

/** The fixture's own sentence, to stand in the middle of another one. */
export function techniqueOf({ technique }: SkillFixture): string {
  const isName = /^[A-Z]{2}/u.test(technique);
  return (isName ? technique.charAt(0) : technique.charAt(0).toLowerCase()) + technique.slice(1, -1);
}

export function didScan(skill: BuiltSkill): string {
  return `scanned the skill ${skill.fixture.id} (${techniqueOf(skill.fixture)})`;
}
