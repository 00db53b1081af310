import { mkdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

import { leadsOutside } from "./page-place.ts";
import type { PagePlace } from "./page-place.ts";

/** What `npx pnpm` leaves behind for its children, and what would let Node find the sources of the workspace. */
const OF_THE_WORKSPACE = /^(npm_|pnpm_|node_options$|node_path$)/iu;

/**
 * An empty project in which `nodeModules` is installed. Nothing of the workspace at `root` is on the PATH, and npx does not ask
 * the registry, so that a command that is not installed fails as it would for a reader without it.
 */
export async function projectPlace(folder: string, nodeModules: string, root: string): Promise<PagePlace> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await symlink(nodeModules, join(folder, "node_modules"));
  return {
    folder,
    environment: { ...readerEnvironment(root), npm_config_offline: "true" },
    refusesFile: (file) => {
      if (leadsOutside(file)) return "would be written outside of the project";
      return file.split("/")[0] === "node_modules" ? "would be written into an installed package" : undefined;
    },
  };
}

/** The environment of somebody who has this Node and no clone of the workspace at `root`. */
export function readerEnvironment(root: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THE_WORKSPACE.test(name));
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => entry !== root && !entry.startsWith(`${root}/`));
  return { ...Object.fromEntries(kept), PATH: [dirname(process.execPath), ...path].join(delimiter) };
}
