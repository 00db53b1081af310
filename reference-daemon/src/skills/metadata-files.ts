/** The two files, at the top of the skill, that a host reads for itself. Spelled exactly so. */
export const SKILL_FILE = "SKILL.md";
export const MANIFEST_FILE = "manifest.json";
