import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";

import { parse } from "yaml";
import * as z from "zod";

const dependencies = z.record(z.string(), z.string()).default({});

const exportConditions = z.union([z.string(), z.record(z.string(), z.string())]);

export const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  license: z.string().optional(),
  type: z.string().optional(),
  packageManager: z.string().optional(),
  bin: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), exportConditions).default({}),
  dependencies,
  devDependencies: dependencies,
  optionalDependencies: dependencies,
  peerDependencies: dependencies,
});
export type Manifest = z.infer<typeof manifestSchema>;

const compilerSchema = z.looseObject({ compilerOptions: z.looseObject({ rootDir: z.string(), outDir: z.string() }) });
const settingsSchema = z.looseObject({ packages: z.array(z.string()), catalog: z.record(z.string(), z.string()) });

export interface Package {
  /** Its folder at the root of the workspace. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The folder of sources that `outDir` mirrors, and `outDir`; both relative to the package. */
  readonly rootDir: string;
  readonly outDir: string;
  /** All files by path relative to the package, without what is installed or built. Texts only of TypeScript files. */
  readonly files: ReadonlyMap<string, string>;
}

/** What the checks look at: plain data, so that a test can hold a small workspace in memory. */
export interface Workspace {
  readonly manifest: Manifest;
  readonly catalog: Readonly<Record<string, string>>;
  readonly packages: readonly Package[];
  /** Files outside the packages, by path relative to the root, with their texts. */
  readonly otherFiles: ReadonlyMap<string, string>;
}

/** What git does not hold. */
const NOT_OURS = new Set(["node_modules", ".git", "__pycache__"]);

/** What git does not hold at the root, or in a package. */
const BUILT = /^(\.flynn|coverage|[^/]+\/dist|dist|scaffolds\/python\/flynn_wire)$/u;

export function readWorkspace(root: string): Workspace {
  const settings = settingsSchema.parse(parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")));
  const packages = settings.packages.map((folder) => readPackage(join(root, folder), folder));
  const otherFiles = readFiles(root, (path) => !settings.packages.includes(path.split("/")[0] ?? ""));
  return { manifest: readManifest(root), catalog: settings.catalog, packages, otherFiles };
}

function readPackage(path: string, folder: string): Package {
  const { compilerOptions } = compilerSchema.parse(JSON.parse(readFileSync(join(path, "tsconfig.json"), "utf8")));
  return { folder, manifest: readManifest(path), ...compilerOptions, files: readFiles(path, () => true) };
}

function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}

function readFiles(root: string, isWanted: (path: string) => boolean): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name).split(sep).join("/");
      if (NOT_OURS.has(entry.name) || BUILT.test(path) || !isWanted(path)) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) files.set(path, /\.(ts|py|sh|md)$/u.test(path) ? readFileSync(join(root, path), "utf8") : "");
    }
  };
  visit("");
  return files;
}
