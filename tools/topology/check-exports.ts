import { posix } from "node:path";

import type { Package, Workspace } from "./workspace.ts";

/** Each entry is named, has a source, and points at what the build makes of that source. */
export function checkExports(workspace: Workspace): string[] {
  return workspace.packages.flatMap((pkg) => {
    const problems = Object.entries(pkg.manifest.exports).flatMap(([entry, target]) => checkEntry(pkg, entry, target));
    const binaries = Object.entries(pkg.manifest.bin).flatMap(([name, path]) => checkBinary(pkg, name, path));
    return [...problems, ...binaries].map((problem) => `${pkg.folder}/package.json: ${problem}`);
  });
}

function checkEntry(pkg: Package, entry: string, target: string | Readonly<Record<string, string>>): string[] {
  if (entry === ".") return ["the export `.` is a barrel; export one subpath an idea"];
  if (typeof target === "string")
    return target.endsWith(".json") || entry === "./schemas/*" ? [] : [`the export ${entry} has no conditions`];
  const order = Object.keys(target).join(", ");
  if (order !== "@flynn/source, types, default")
    return [`the export ${entry} has the conditions ${order}; it needs @flynn/source, types, default`];
  const source = target["@flynn/source"] ?? "";
  if (!pkg.files.has(source.replace("./", ""))) return [`the export ${entry} names ${source}, which does not exist`];
  const expected = { types: built(pkg, source, ".d.ts"), default: built(pkg, source, ".js") };
  return (["types", "default"] as const)
    .filter((condition) => target[condition] !== expected[condition])
    .map((condition) => `the export ${entry} has ${target[condition]} for ${condition}; the build writes ${expected[condition]}`);
}

function checkBinary(pkg: Package, name: string, path: string): string[] {
  const source = [...pkg.files.keys()].find((file) => file.endsWith(".ts") && built(pkg, `./${file}`, ".js") === path);
  return source === undefined ? [`the command ${name} names ${path}, which no source builds`] : [];
}

function built(pkg: Package, source: string, extension: string): string {
  const relative = posix.relative(pkg.rootDir, source).replace(/\.ts$/u, extension);
  return `./${posix.join(pkg.outDir, relative)}`;
}
