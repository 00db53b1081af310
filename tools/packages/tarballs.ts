import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import * as z from "zod";

import { outputOf, runCommand } from "../ci/run-command.ts";
import { problemsWith, staleOutputs } from "./tarball-contents.ts";
import { packageFolders, root } from "./workspace-settings.ts";

/** One package as it would be published. */
export interface Tarball {
  /** Of the package, at the root of the workspace. */
  readonly folder: string;
  readonly name: string;
  readonly path: string;
}

const compilerSchema = z.looseObject({ compilerOptions: z.looseObject({ rootDir: z.string(), outDir: z.string() }) });

/** Builds and packs every package. The folder appears whole or not at all. */
export function packWorkspace(target: string): readonly Tarball[] {
  if (existsSync(target)) throw new Error(`${target} exists; remove it, so that no tarball of an earlier state is taken for one of this`);
  mkdirSync(dirname(resolve(target)), { recursive: true });
  const unfinished = mkdtempSync(join(dirname(resolve(target)), "packing-"));
  try {
    runCommand("npx", ["-y", "pnpm@12", "build"], { cwd: root });
    for (const folder of packageFolders) {
      removeStale(folder);
      const destination = join(unfinished, folder);
      runCommand("npx", ["-y", "pnpm@12", "pack", "--pack-destination", destination], { cwd: join(root, folder) });
    }
    for (const tarball of readTarballs(unfinished)) refuseProblems(tarball);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return readTarballs(target);
}

/** What `packWorkspace` left in a folder. */
export function readTarballs(folder: string): readonly Tarball[] {
  return packageFolders.map((name) => {
    const inside = join(resolve(folder), name);
    const [tarball] = existsSync(inside) ? readdirSync(inside).filter((file) => file.endsWith(".tgz")) : [];
    if (tarball === undefined)
      throw new Error(`${inside} holds no tarball; write them anew with: node tools/packages/pack.ts ${folder} (after removing it)`);
    return { folder: name, name: `@flynn/${name}`, path: join(inside, tarball) };
  });
}

/** The tarballs of a folder that was handed over, else new ones. */
export function tarballsFrom(given: string | undefined, scratch: string): readonly Tarball[] {
  return given === undefined ? packWorkspace(join(scratch, "tarballs")) : readTarballs(given);
}

/** The compiler never removes what it wrote for a source that is gone. */
function removeStale(folder: string): void {
  const { outDir, rootDir } = compilerOptionsOf(folder);
  const built = globSync(`${outDir}/**/*.*`, { cwd: join(root, folder) });
  for (const file of staleOutputs(built, outDir, rootDir, isIn(folder))) rmSync(join(root, folder, file));
}

function refuseProblems({ folder, name, path }: Tarball): void {
  const { outDir, rootDir } = compilerOptionsOf(folder);
  const files = outputOf("tar", ["-tzf", path], root).split("\n");
  const problems = problemsWith(files, outDir, rootDir, isIn(folder));
  if (problems.length > 0) throw new Error(`The package of ${name} cannot be published so:\n${problems.slice(0, 10).join("\n")}`);
}

function compilerOptionsOf(folder: string): { readonly outDir: string; readonly rootDir: string } {
  return compilerSchema.parse(JSON.parse(readFileSync(join(root, folder, "tsconfig.json"), "utf8"))).compilerOptions;
}

function isIn(folder: string): (path: string) => boolean {
  return (path) => existsSync(join(root, folder, path));
}
