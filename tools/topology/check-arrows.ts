import { importsOf, packageNameOf } from "./imports.ts";
import type { Package, Workspace } from "./workspace.ts";

/** Which packages of the workspace the shipped code of each may import. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  sdk: [],
  fixtures: ["@flynn/sdk"],
  conformance: ["@flynn/sdk", "@flynn/fixtures"],
  "reference-daemon": ["@flynn/sdk"],
};

/** What tests, and the mutants that only tests use, may import on top of that. */
const TEST_ARROWS: Readonly<Record<string, readonly string[]>> = { "reference-daemon": ["@flynn/conformance", "@flynn/fixtures"] };

const TEST_RUNNERS = ["vitest", "node:test"];

/** Packages whose shipped code may use nothing but these. */
const ONLY: Readonly<Record<string, readonly string[]>> = { sdk: ["zod"] };

/** The direction of every import: between packages, to dependencies that the manifest names, to test runners. */
export function checkArrows(workspace: Workspace): string[] {
  return workspace.packages.flatMap((pkg) => [...checkOnly(pkg), ...checkFiles(pkg, workspace)]);
}

function checkOnly(pkg: Package): string[] {
  const only = ONLY[pkg.folder];
  const extra = only ? Object.keys(pkg.manifest.dependencies).filter((name) => !only.includes(name)) : [];
  return extra.map((name) => `${pkg.folder}/package.json: depends on ${name}; this package depends on ${only?.join(", ")} alone`);
}

function checkFiles(pkg: Package, workspace: Workspace): string[] {
  return [...pkg.files]
    .filter(([path]) => path.endsWith(".ts"))
    .flatMap(([path, text]) =>
      importsOf(text).flatMap((specifier) => {
        const problem = problemWith(specifier, path, pkg, workspace);
        return problem === undefined ? [] : [`${pkg.folder}/${path}: imports ${specifier}; ${problem}`];
      }),
    );
}

function problemWith(specifier: string, path: string, pkg: Package, workspace: Workspace): string | undefined {
  const isTest = isTestFile(path);
  if (TEST_RUNNERS.includes(specifier.split("/")[0] ?? "")) {
    if (!isTest && !path.startsWith("src/bind/")) return "only tests and bind/ may import a test runner";
  }
  const name = packageNameOf(specifier);
  if (name === undefined) return undefined;
  // A scaffold is copied into a project of its own, where the package has no other name.
  if (name === pkg.manifest.name) return path.startsWith("scaffolds/") ? undefined : "a package imports its own files by relative path";
  const target = workspace.packages.find((other) => other.manifest.name === name);
  if (target) {
    const allowed = [...(ARROWS[pkg.folder] ?? []), ...(isTest ? (TEST_ARROWS[pkg.folder] ?? []) : [])];
    if (!allowed.includes(name)) return `${pkg.folder} may import ${allowed.join(", ") || "no other package of the workspace"}`;
    if (!isExported(specifier, target)) return `the export map of ${name} has no such entry`;
  }
  const { dependencies, peerDependencies, devDependencies } = pkg.manifest;
  const declared = { ...dependencies, ...peerDependencies, ...(isTest ? devDependencies : {}) };
  return name in declared ? undefined : `its package.json does not name ${name}${isTest ? "" : " among the dependencies"}`;
}

function isExported(specifier: string, target: Package): boolean {
  const subpath = `.${specifier.slice(target.manifest.name.length)}`;
  return Object.keys(target.manifest.exports).some((key) => (key.endsWith("/*") ? subpath.startsWith(key.slice(0, -1)) : key === subpath));
}

/** Mutants are code that only a kill matrix loads. */
function isTestFile(path: string): boolean {
  return /\.test(-d)?\.ts$/u.test(path) || /^(test|mutants)\//u.test(path);
}
