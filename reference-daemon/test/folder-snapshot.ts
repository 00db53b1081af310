import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** All that is in a folder, as lines: path, kind, mode, and the content of files. Two of them are equal if nothing changed. */
export function folderSnapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .toSorted()
    .map((path) => {
      const stats = lstatSync(join(folder, path));
      const mode = stats.mode.toString(8);
      if (stats.isSymbolicLink()) return `${path} ${mode} -> ${readlinkSync(join(folder, path))}`;
      return stats.isFile() ? `${path} ${mode} ${readFileSync(join(folder, path), "latin1")}` : `${path} ${mode}`;
    });
}
