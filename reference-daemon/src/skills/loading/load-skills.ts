import { nodeFileSystem } from "../tree/node-file-system.ts";
import { loadSkill } from "./load-skill.ts";
import type { LoadOptions } from "./load-skill.ts";
import { skillFolders } from "./skill-folders.ts";
import type { SkillOutcome } from "./skill-outcome.ts";
import { skillSet } from "./skill-set.ts";
import type { SkillSet } from "./skill-set.ts";

/** Loads every skill in a folder. Rejects with the system's error where the folder cannot be listed, and as {@link loadSkill} does. */
export async function loadSkills(parent: string, options: LoadOptions): Promise<SkillSet> {
  const outcomes: SkillOutcome[] = [];
  for (const folder of skillFolders(options.fileSystem ?? nodeFileSystem, parent)) outcomes.push(await loadSkill(folder, options));
  return skillSet(outcomes);
}
