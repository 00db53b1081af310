import type { ListedName, SkillFileSystem } from "./file-system.ts";
import type { Folder } from "./tree-entry.ts";

const NAMES_IN_A_STEP = 512;

/**
 * All names in a folder, sorted by their bytes, or null if there are more than `most`: which ones come first is up to the file
 * system, so that a part of them would not be the same on every machine.
 */
export function* listFolder(
  fileSystem: SkillFileSystem,
  folder: Pick<Folder, "location" | "stat">,
  most: number,
): Generator<void, ListedName[] | null> {
  const names: ListedName[] = [];
  const listing = fileSystem.list(folder.location, folder.stat);
  try {
    for (let entry = listing.next(); entry !== null; entry = listing.next()) {
      if (names.length === most) return null;
      names.push(entry);
      if (names.length % NAMES_IN_A_STEP === 0) yield;
    }
  } finally {
    listing.close();
  }
  return names.toSorted((a, b) => Buffer.compare(a.name, b.name));
}
