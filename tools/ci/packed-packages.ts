import { existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { codeBlocksOf } from "../docs/markdown.ts";
import { outputOf, runCommand } from "./run-command.ts";

/*
 * Usage: packed-packages.ts <22|24>
 * Packs every package as it would be published, installs the tarballs with npm in an empty project, and uses them from there on
 * that version of Node: what is missing from a package, or works from source only, shows here.
 */

/** The newest that the npm registry has of each line as a package, so that no machine needs to have them installed. */
const NODE_PACKAGES: Readonly<Record<string, string>> = { "22": "22.23.3", "24": "24.21.0" };

const PACKAGES = ["sdk", "fixtures", "conformance", "reference-daemon"] as const;

const consumerOptions = {
  module: "nodenext",
  target: "es2024",
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  types: ["node"],
  allowImportingTsExtensions: true,
};

const root = resolve(import.meta.dirname, "../..");
const [line = ""] = process.argv.slice(2);
const version = NODE_PACKAGES[line];

if (version === undefined) {
  console.error("Usage: packed-packages.ts <22|24>");
  process.exitCode = 2;
} else if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) {
  console.error(`The npm registry has no Node ${version} for ${process.platform} on ${process.arch}`);
  process.exitCode = 1;
} else {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-packed-"));
  usePackages(folder.path, version);
}

function usePackages(folder: string, nodeVersion: string): void {
  const node = `node-linux-${process.arch}`;
  const tarballs = pack(folder);
  const project = join(folder, "project");
  mkdirSync(project);
  const dependencies = {
    ...tarballs,
    [node]: nodeVersion,
    typescript: catalogVersion("typescript"),
    "@types/node": catalogVersion("@types/node"),
  };
  const manifest = { name: "packed", private: true, type: "module", dependencies, overrides: tarballs };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest, null, 2));
  runCommand("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: project });

  const nodeFolder = join(project, "node_modules", node, "bin");
  const environment = { ...process.env, PATH: `${nodeFolder}:${join(project, "node_modules/.bin")}:${process.env["PATH"] ?? ""}` };
  const run = (command: string, args: readonly string[], expected: readonly number[] = [0]): void =>
    runCommand(command, args, { cwd: project, environment, expected });

  run("node", ["--version"]);
  const installed = join(project, "node_modules/@flynn");
  run("flynn-conformance", ["list"]);
  run("flynn-conformance", ["explain", "LEASE-005"]);
  run("flynn-conformance", ["specimen", join(installed, "conformance/dist/specimen/exemplar.js"), "--accept-host-limits"]);
  run("flynn-conformance", ["skill-scanner", join(installed, "reference-daemon/dist/subject.js"), "--accept-host-limits"]);
  run("flynn", ["skills", "scan", writeSkill(project)]);

  // What a reader of the guide writes, checked by the compiler against the packed types and then judged, which it must fail.
  writeFileSync(join(project, "my-scanner.ts"), readerModule());
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: consumerOptions, files: ["my-scanner.ts"] }));
  run("tsc", ["--project", "tsconfig.json"]);
  run("flynn-conformance", ["skill-scanner", "./my-scanner.ts", "--accept-host-limits"], [1]);
}

/** The path of the tarball of each package, as npm wants it. */
function pack(folder: string): Record<string, string> {
  runCommand("npx", ["-y", "pnpm@12", "build"], { cwd: root });
  const entries = PACKAGES.map((name) => {
    const target = join(folder, name);
    runCommand("npx", ["-y", "pnpm@12", "pack", "--pack-destination", target], { cwd: join(root, name) });
    const [tarball] = existsSync(target) ? readdirSync(target).filter((file) => file.endsWith(".tgz")) : [];
    if (tarball === undefined) throw new Error(`Packing ${name} gave no tarball`);
    refuseStrays(name, outputOf("tar", ["-tzf", join(target, tarball)], folder).split("\n"));
    return [`@flynn/${name}`, `file:${join(target, tarball)}`] as const;
  });
  return Object.fromEntries(entries);
}

/** Sources and tests stay at home; a licence goes along. */
function refuseStrays(name: string, files: readonly string[]): void {
  const strays = files.filter((file) => /\.test(-d)?\.|\.tsbuildinfo$|(?<!\.d)\.ts$/u.test(file) && !file.startsWith("package/skills/"));
  if (strays.length > 0) throw new Error(`The package of ${name} holds files that are not for its users: ${strays.slice(0, 5).join(", ")}`);
  if (!files.includes("package/LICENSE")) throw new Error(`The package of ${name} has no LICENSE`);
}

function writeSkill(project: string): string {
  const skill = join(project, "hello-skill");
  mkdirSync(skill);
  writeFileSync(join(skill, "SKILL.md"), "---\nname: hello-skill\ndescription: Says hello.\n---\n\nSay hello.\n");
  return skill;
}

/** The first module of the guide. */
function readerModule(): string {
  const guide = readFileSync(join(root, "docs/guides/run-the-suite.md"), "utf8");
  const block = codeBlocksOf(guide).find(({ info }) => info.includes("file=my-scanner.ts"));
  if (!block) throw new Error("docs/guides/run-the-suite.md has no block with file=my-scanner.ts");
  return block.text;
}

function catalogVersion(name: string): string {
  const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const found = new RegExp(`^  "?${name}"?: (\\S+)$`, "mu").exec(workspace)?.[1];
  if (found === undefined) throw new Error(`pnpm-workspace.yaml has no ${name} in its catalog`);
  return found;
}
