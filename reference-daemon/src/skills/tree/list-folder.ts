import type { Finding } from "@flynn/sdk/skill-scanner";

import { isSameState } from "./file-system.ts";
import type { ListedName, SkillFileSystem } from "./file-system.ts";
import { changedFinding, troubleFinding } from "./file-trouble.ts";
import { listedNames } from "./listed-names.ts";
import type { Folder } from "./tree-entry.ts";

const NAMES_IN_A_STEP = 512;

/**
 * All names in a folder, sorted by their bytes, or the finding that says why not. More than `most` of them are too many: which
 * ones come first is up to the file system, so that a part of them would not be the same on every machine.
 */
export function* listFolder(
  fileSystem: SkillFileSystem,
  folder: Pick<Folder, "path" | "location" | "stat">,
  most: number,
): Generator<void, ListedName[] | "too many" | Finding> {
  try {
    const names = yield* namesUpTo(fileSystem, folder, most);
    // Listing follows a link that took the folder's place since; then the names are not the skill's, and are not told.
    if (!isSameState(folder.stat, fileSystem.lstat(folder.location))) return changedFinding(folder.path);
    return names?.toSorted((a, b) => Buffer.compare(a.name, b.name)) ?? "too many";
  } catch (error) {
    return troubleFinding(folder.path, error, "listed");
  }
}

function* namesUpTo(
  fileSystem: SkillFileSystem,
  { location, stat }: Pick<Folder, "location" | "stat">,
  most: number,
): Generator<void, ListedName[] | null> {
  const names: ListedName[] = [];
  for (const entry of listedNames(fileSystem, location, stat)) {
    if (names.length === most) return null;
    names.push(entry);
    if (names.length % NAMES_IN_A_STEP === 0) yield;
  }
  return names;
}
