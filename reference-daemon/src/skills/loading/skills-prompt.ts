import { join } from "node:path";

import { SKILL_FILE } from "../metadata-files.ts";
import type { LoadedSkill } from "./skill-outcome.ts";

const HEADING = `## Skills

Each line below is a skill: a folder with instructions for one kind of task. Read the file at its location before you do such a task.
`;

/**
 * The section of a system prompt that lists skills; empty without any. Each stands on one line of JSON, so that no description can
 * look like a line of its own. Nothing of what a scanner found is in it.
 */
export function skillsPrompt(skills: readonly Pick<LoadedSkill, "name" | "description" | "folder">[]): string {
  if (skills.length === 0) return "";
  const lines = skills.map(({ name, description, folder }) => JSON.stringify({ name, description, location: join(folder, SKILL_FILE) }));
  return `${HEADING}\n${lines.join("\n")}\n`;
}
