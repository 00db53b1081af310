import { resolve } from "node:path";

import type { SkillFileSystem } from "../tree/file-system.ts";
import { listedNames } from "../tree/listed-names.ts";

/**
 * The entries of a folder that could be skills, by their bytes: folders, and links, which a scanner refuses. Files beside them are
 * not skills. A name that starts with a dot is none either: that is where an installation in progress has its files.
 */
export function skillFolders(fileSystem: SkillFileSystem, parent: string): string[] {
  const root = resolve(parent);
  const location = Buffer.from(root);
  return [...listedNames(fileSystem, location, fileSystem.lstat(location))]
    .filter(({ kind }) => kind === "directory" || kind === "link")
    .toSorted((a, b) => Buffer.compare(a.name, b.name))
    .map(({ name }) => name.toString("utf8"))
    .filter((name) => !name.startsWith("."))
    .map((name) => resolve(root, name));
}
