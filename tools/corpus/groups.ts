import { TEXT_FAMILIES } from "@flynn/fixtures/skills";

/** All that is about the tree is one group; each family about texts and code is one of its own. */
export const STRUCTURE = "structure";

export function groupOf(family: string): string {
  return TEXT_FAMILIES.includes(family) ? family : STRUCTURE;
}
