import { resolve } from "node:path";

import type { SkillFileSystem } from "../tree/file-system.ts";

/**
 * The entries of a folder that could be skills, by their bytes: folders, and links, which a scanner refuses. Files beside them are
 * not skills. A name that starts with a dot is none either: that is where an installation in progress has its files.
 */
export function skillFolders(fileSystem: SkillFileSystem, parent: string): string[] {
  const root = resolve(parent);
  const location = Buffer.from(root);
  const listing = fileSystem.list(location, fileSystem.lstat(location));
  const names: Buffer[] = [];
  try {
    for (let entry = listing.next(); entry !== null; entry = listing.next()) {
      if (entry.kind === "directory" || entry.kind === "link") names.push(entry.name);
    }
  } finally {
    listing.close();
  }
  return names
    .toSorted((a, b) => Buffer.compare(a, b))
    .map((name) => name.toString("utf8"))
    .filter((name) => !name.startsWith("."))
    .map((name) => resolve(root, name));
}
