import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What an installation put on the disk. */
export interface InstalledSize {
  readonly bytes: number;
  /** Packages under `@flynn`, and all others. */
  readonly own: readonly string[];
  readonly others: readonly string[];
}

/** Looks at a `node_modules` that npm made, nested ones included. Bytes are those of the files, not of disk blocks. */
export function installedSize(nodeModules: string): InstalledSize {
  const packages = packagesIn(nodeModules);
  return {
    bytes: bytesIn(nodeModules),
    own: packages.filter((name) => name.startsWith("@flynn/")),
    others: packages.filter((name) => !name.startsWith("@flynn/")),
  };
}

function packagesIn(nodeModules: string): string[] {
  return namesIn(nodeModules).flatMap((name) => {
    const names = name.startsWith("@") ? namesIn(join(nodeModules, name)).map((inner) => `${name}/${inner}`) : [name];
    return names.flatMap((found) => [found, ...packagesIn(join(nodeModules, found, "node_modules"))]);
  });
}

/** Folders of packages; npm's own notes begin with a dot. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

function bytesIn(folder: string): number {
  const sizes = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? bytesIn(path) : lstatSync(path).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
