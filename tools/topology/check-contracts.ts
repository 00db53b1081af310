import type { Package, Workspace } from "./workspace.ts";

/** Folders of the SDK that are not a contract. */
const FOUNDATIONS = ["kernel", "wire", "subject"];

const PARTS = ["contract.ts", "schema.ts", "errors.ts", "requirements.ts", "definition.ts", "index.ts"];

/** Every contract is made of the same files, is exported under its own name, and has type promises and cases. */
export function checkContracts(workspace: Workspace): string[] {
  const sdk = workspace.packages.find(({ folder }) => folder === "sdk");
  const conformance = workspace.packages.find(({ folder }) => folder === "conformance");
  if (!sdk || !conformance) return ["pnpm-workspace.yaml: the packages sdk and conformance must be there"];
  const specimen = missing(conformance, "specimen", PARTS);
  const contracts = foldersBelow(sdk, "src").filter((name) => !FOUNDATIONS.includes(name));
  const problems = contracts.flatMap((name) => [
    ...missing(sdk, `src/${name}`, [...PARTS, "contract.test-d.ts"]),
    ...(`./${name}` in sdk.manifest.exports ? [] : [`sdk/package.json: the contract ${name} is not exported as ./${name}`]),
    ...(foldersBelow(conformance, "src/cases").includes(name) ? [] : [`conformance/src/cases/${name}: the contract has no cases`]),
  ]);
  return [...specimen, ...problems];
}

function missing(pkg: Package, folder: string, parts: readonly string[]): string[] {
  return parts
    .filter((part) => !pkg.files.has(`${folder}/${part}`))
    .map((part) => `${pkg.folder}/${folder}: ${part} is missing; every contract has the same files`);
}

function foldersBelow(pkg: Package, parent: string): string[] {
  const depth = parent.split("/").length;
  const inside = [...pkg.files.keys()].filter((path) => path.startsWith(`${parent}/`) && path.split("/").length > depth + 1);
  return [...new Set(inside.map((path) => path.split("/")[depth] ?? ""))];
}
