import { defineRules } from "./rule.ts";

const certain = { action: "reject", since: "0.1.0" } as const;
const manifest = { category: "manifest", severity: "high", ...certain } as const;
const frontmatter = { category: "frontmatter", severity: "high", ...certain } as const;

/** `manifest.json`. */
export const manifestRules = defineRules({
  missing: {
    id: "MAN-MISSING",
    ...manifest,
    summary: "A skill that users' intents are routed to has no manifest.json.",
    fix: 'Add a manifest.json with "permissions", an array of the permissions that the skill needs; it may be empty.',
  },
  syntax: {
    id: "MAN-SYNTAX",
    ...manifest,
    summary: "The manifest is not strict JSON in UTF-8.",
    fix: "Write plain JSON: no comments, no trailing commas, no byte order mark.",
  },
  notObject: {
    id: "MAN-ROOT",
    ...manifest,
    summary: "The manifest is not an object.",
    fix: "Put everything into one JSON object.",
  },
  duplicateKey: {
    id: "MAN-DUPLICATE",
    ...manifest,
    summary: "A key stands twice in one object.",
    fix: "Keep one of them; programs differ in which one they read.",
  },
  dangerousKey: {
    id: "MAN-PROTOTYPE",
    ...manifest,
    summary: "A key would reach into the prototype of JavaScript objects.",
    fix: "Remove or rename the key.",
  },
  tooDeep: {
    id: "MAN-DEPTH",
    ...manifest,
    summary: "Arrays and objects are nested too deep.",
    fix: "Use fewer levels.",
  },
  tooLarge: {
    id: "SIZE-MANIFEST",
    category: "size",
    severity: "medium",
    ...certain,
    summary: "The manifest is larger than its limit.",
    fix: "Keep in it only what the host needs to know.",
  },
  permissionsMissing: {
    id: "MAN-PERMISSIONS",
    ...manifest,
    summary: "The manifest of a skill that users' intents are routed to has no permissions.",
    fix: 'Add "permissions", an array of the permissions that the skill needs; it may be empty.',
  },
  permissionsShape: {
    id: "MAN-PERMISSION-TYPE",
    ...manifest,
    summary: "The permissions are not an array of non-empty strings.",
    fix: 'Write "permissions" as an array of strings.',
  },
  permissionTwice: {
    id: "MAN-PERMISSION-TWICE",
    ...manifest,
    summary: "A permission is listed twice.",
    fix: "Keep one of them.",
  },
  wildcard: {
    id: "MAN-PERMISSION-WILDCARD",
    ...manifest,
    summary: "A permission is a wildcard.",
    fix: "Name each permission that the skill needs.",
  },
  unknownPermission: {
    id: "MAN-PERMISSION-UNKNOWN",
    ...manifest,
    summary: "A permission is not one that the host knows.",
    fix: "Use the host's own spelling, exactly, or remove it.",
  },
});

/** `SKILL.md` and the YAML at its start. */
export const frontmatterRules = defineRules({
  missing: {
    id: "FM-MISSING",
    ...frontmatter,
    summary: "There is no SKILL.md.",
    fix: "Add a SKILL.md, spelled exactly so, at the top of the skill's folder.",
  },
  notText: {
    id: "FM-TEXT",
    ...frontmatter,
    summary: "SKILL.md is not UTF-8 text.",
    fix: "Save it as UTF-8.",
  },
  tooLargeFile: {
    id: "SIZE-SKILL",
    category: "size",
    severity: "medium",
    ...certain,
    summary: "SKILL.md is larger than its limit.",
    fix: "Move parts of it into other files of the skill.",
  },
  tooLarge: {
    id: "SIZE-FRONTMATTER",
    category: "size",
    severity: "medium",
    ...certain,
    summary: "The front matter is larger than its limit.",
    fix: "Move text into the body of SKILL.md.",
  },
  fence: {
    id: "FM-FENCE",
    ...frontmatter,
    summary: "SKILL.md does not start with front matter between two lines of three dashes.",
    fix: "Make the first line exactly ---, then the YAML, then a line that is exactly ---.",
  },
  syntax: {
    id: "FM-YAML",
    ...frontmatter,
    summary: "The front matter is not a well-formed YAML mapping.",
    fix: "Correct the YAML; put quotes around values with a colon or other special characters.",
  },
  alias: {
    id: "FM-ALIAS",
    ...frontmatter,
    summary: "The front matter uses YAML anchors, aliases or merge keys.",
    fix: "Write the value out in each place, or put quotes around it if the & or * is part of the text.",
  },
  tag: {
    id: "FM-TAG",
    ...frontmatter,
    summary: "The front matter uses YAML tags.",
    fix: "Remove the tag, or put quotes around the value if the ! is part of the text.",
  },
  documents: {
    id: "FM-DOCUMENTS",
    ...frontmatter,
    summary: "The front matter holds YAML directives or several documents.",
    fix: "Keep one plain document between the fences.",
  },
  complexity: {
    id: "FM-DEPTH",
    ...frontmatter,
    summary: "The front matter is nested too deep or has too many parts.",
    fix: "Use fewer levels and fewer entries.",
  },
  duplicateKey: {
    id: "FM-DUPLICATE",
    ...frontmatter,
    summary: "A key stands twice in one mapping of the front matter.",
    fix: "Keep one of them; programs differ in which one they read.",
  },
  dangerousKey: {
    id: "FM-PROTOTYPE",
    ...frontmatter,
    summary: "A key of the front matter would reach into the prototype of JavaScript objects.",
    fix: "Remove or rename the key.",
  },
  name: {
    id: "FM-NAME",
    ...frontmatter,
    summary: "The front matter has no name.",
    fix: "Add name, a non-empty string; put quotes around it if it looks like a number or a date.",
  },
  description: {
    id: "FM-DESCRIPTION",
    ...frontmatter,
    summary: "The front matter has no description.",
    fix: "Add description, a non-empty string that says when to use the skill.",
  },
});
