import type { FileStat, ListedName, SkillFileSystem } from "./file-system.ts";

/** The names in a folder, whose state `lstat` gave, in the file system's own order. The listing is closed whatever becomes of the loop. */
export function* listedNames(fileSystem: SkillFileSystem, location: Buffer, stat: FileStat): Generator<ListedName, void> {
  const listing = fileSystem.list(location, stat);
  try {
    for (let entry = listing.next(); entry !== null; entry = listing.next()) yield entry;
  } finally {
    listing.close();
  }
}
