/** The families about texts and code, each a row of its own. All that is about the tree is one. */
export const TEXT_GROUPS: readonly string[] = [
  "secrets",
  "hidden-characters",
  "hidden-markup",
  "instructions",
  "encoded",
  "download-and-run",
  "remote-control",
  "exfiltration",
  "persistence",
  "autorun",
  "dynamic-code",
  "context",
];

export const STRUCTURE = "structure";

export function groupOf(family: string): string {
  return TEXT_GROUPS.includes(family) ? family : STRUCTURE;
}
