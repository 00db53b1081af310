import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { runCommand } from "../ci/run-command.ts";
import type { Tarball } from "./tarballs.ts";

/** An empty project in which packages were installed with npm, as a user does it. */
export interface PackedProject {
  readonly folder: string;
  /** With the commands of the project first on the PATH, and the project's Node before those. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface ProjectDependencies {
  /** The packages that the project depends on. */
  readonly installed: readonly Tarball[];
  /** All packages of the workspace: no registry has the ones that depend on each other. */
  readonly siblings: readonly Tarball[];
  /** Names and exact versions of what the project needs from the registry. */
  readonly registry?: Readonly<Record<string, string>>;
}

/** npm also tells of what it would rather have; here only what fails matters. */
const INSTALL = ["install", "--no-audit", "--no-fund", "--loglevel=error"];

export function installPacked(folder: string, { installed, siblings, registry = {} }: ProjectDependencies): PackedProject {
  mkdirSync(folder, { recursive: true });
  const files = (tarballs: readonly Tarball[]): Record<string, string> =>
    Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  const dependencies = { ...files(installed), ...registry };
  const manifest = { name: "packed", version: "1.0.0", private: true, type: "module", dependencies, overrides: files(siblings) };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  runCommand("npm", INSTALL, { cwd: folder });
  const bin = join(folder, "node_modules/.bin");
  const nodes = Object.keys(registry).filter((name) => name.startsWith("node-linux-"));
  const path = [...nodes.map((name) => join(folder, "node_modules", name, "bin")), bin, process.env["PATH"]].join(delimiter);
  return { folder, environment: { ...process.env, PATH: path } };
}
