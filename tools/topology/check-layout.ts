import type { Workspace } from "./workspace.ts";

/** The folders at the root, beside the packages. A new one is a decision, and goes in here and in AGENTS.md. */
const FOLDERS = [".ci", "bench", "docs", "examples", "nix", "tools"];

const PACKAGES = ["sdk", "fixtures", "conformance", "reference-daemon"];

/** Templates of skills carry names that are part of what they test. */
const FREE_NAMES = /^fixtures\/skills\//u;

/** Lines that one sitting of review can hold. The linter counts the code lines of TypeScript; this is for everything else. */
const LONGEST: Readonly<Record<string, number>> = { ".ts": 700, ".py": 500, ".sh": 300, ".md": 500 };

/** Grows with the project, or is written by a program. */
const UNBOUNDED = /^(CHANGELOG\.md|docs\/(?:spec|rules|corpus|kill-matrix)\/)|(^|\/)requirements\.ts$|\.api\.md$/u;

/** Where things lie, what they are called, and how long they are. */
export function checkLayout(workspace: Workspace): string[] {
  return [...checkFolders(workspace), ...checkManifests(workspace), ...checkNames(workspace), ...checkLengths(workspace)];
}

function checkFolders(workspace: Workspace): string[] {
  const folders = new Set([...workspace.otherFiles.keys()].filter((path) => path.includes("/")).map((path) => path.split("/")[0] ?? ""));
  const unknown = [...folders].filter((folder) => !FOLDERS.includes(folder)).map((folder) => `${folder}: not a folder of this workspace`);
  const packages = workspace.packages.map(({ folder }) => folder);
  const extra = packages.filter((folder) => !PACKAGES.includes(folder)).map((folder) => `${folder}: not a package of this workspace`);
  const missing = PACKAGES.filter((folder) => !packages.includes(folder)).map(
    (folder) => `pnpm-workspace.yaml: the package ${folder} is missing`,
  );
  return [...unknown, ...extra, ...missing];
}

function checkManifests(workspace: Workspace): string[] {
  return workspace.packages.flatMap(({ folder, manifest, files }) => {
    const expected = { name: `@flynn/${folder}`, license: "MIT", type: "module", version: workspace.manifest.version };
    const problems = Object.entries(expected)
      .filter(([member, value]) => manifest[member] !== value)
      .map(([member, value]) => `${folder}/package.json: ${member} must be ${value}`);
    return files.has("LICENSE") ? problems : [...problems, `${folder}/LICENSE: missing; each package is published with its licence`];
  });
}

function checkNames(workspace: Workspace): string[] {
  return allFiles(workspace)
    .filter(([path]) => path.endsWith(".ts") && !FREE_NAMES.test(path))
    .flatMap(([path]) =>
      path
        .split("/")
        .slice(0, -1)
        .filter((folder) => !/^\.?[a-z0-9]+(-[a-z0-9]+)*$/u.test(folder))
        .map((folder) => ({ path, folder })),
    )
    .map(({ path, folder }) => `${path}: the folder ${folder} is not in kebab-case`);
}

function checkLengths(workspace: Workspace): string[] {
  return allFiles(workspace).flatMap(([path, text]) => {
    const longest = LONGEST[path.slice(path.lastIndexOf("."))];
    const lines = text.split("\n").length - 1;
    if (longest === undefined || lines <= longest || UNBOUNDED.test(path) || FREE_NAMES.test(path)) return [];
    return [`${path}: ${lines} lines; split it at an idea, so that none is over ${longest}`];
  });
}

function allFiles(workspace: Workspace): (readonly [string, string])[] {
  const inPackages = workspace.packages.flatMap((pkg) => [...pkg.files].map(([path, text]) => [`${pkg.folder}/${path}`, text] as const));
  return [...inPackages, ...workspace.otherFiles];
}
