import { basename } from "node:path";

import { compareBytes } from "../byte-order.ts";
import { refusal } from "./load-skill.ts";
import type { LoadedSkill, RefusedSkill, SkillOutcome } from "./skill-outcome.ts";

export interface SkillSet {
  /** By name; no name is there twice. */
  readonly loaded: readonly LoadedSkill[];
  /** By folder. */
  readonly refused: readonly RefusedSkill[];
}

export const NO_SKILLS: SkillSet = { loaded: [], refused: [] };

/**
 * Of skills with one name, the one whose folder has that name as well is it, and where there is none, nobody is: a skill that is
 * added must not take the place of another by what it calls itself.
 */
export function skillSet(outcomes: readonly SkillOutcome[]): SkillSet {
  const candidates = outcomes.filter((outcome) => outcome.kind === "loaded");
  const refused = outcomes.filter((outcome) => outcome.kind === "refused");
  const loaded: LoadedSkill[] = [];
  for (const skill of candidates) {
    const isAlone = candidates.filter(({ name }) => name === skill.name).length === 1;
    if (isAlone || basename(skill.folder) === skill.name) loaded.push(skill);
    else refused.push(refusal(skill.folder, "NAME_TAKEN", "Another skill has the same name. Rename one of them, folder and name."));
  }
  return {
    loaded: loaded.toSorted((a, b) => compareBytes(a.name, b.name)),
    refused: refused.toSorted((a, b) => compareBytes(a.folder, b.folder)),
  };
}
