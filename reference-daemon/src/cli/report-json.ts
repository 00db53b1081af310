import type { ScannedSkill } from "./skills-scan.ts";

/** One document, whatever the number of folders, in the order in which they were given. */
export function jsonReport(skills: readonly ScannedSkill[]): string {
  return `${JSON.stringify({ schema: "flynn-skills-scan/1", skills }, null, 2)}\n`;
}
