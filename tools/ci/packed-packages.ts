import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { codeBlocksOf } from "../docs/markdown.ts";
import { NODE_LINES, nodePackage } from "../packages/node-packages.ts";
import { installPacked } from "../packages/packed-project.ts";
import { tarballsFrom } from "../packages/tarballs.ts";
import { catalogVersion, root } from "../packages/workspace-settings.ts";
import { readAction, runAction } from "./composite-action.ts";
import { notRun } from "./not-run.ts";
import { refusesOldNode } from "./refuses-old-node.ts";
import { runCommand } from "./run-command.ts";

/*
 * Usage: packed-packages.ts <20|oldest|22|24|26> [--tarballs <folder>]
 * Installs the packages, as they would be published, with npm in an empty project, and uses them from there on that version
 * of Node: what is missing from a package, or works from source only, shows here. On 20 they must say that they need a newer one.
 */

const consumerOptions = {
  module: "nodenext",
  target: "es2024",
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  types: ["node"],
  allowImportingTsExtensions: true,
};

const { positionals, values } = parseArgs({ options: { tarballs: { type: "string" } }, allowPositionals: true });
const [line = ""] = positionals;

if (!NODE_LINES.includes(line)) {
  console.error(`Usage: packed-packages.ts <${NODE_LINES.join("|")}> [--tarballs <folder>]`);
  process.exitCode = 2;
} else {
  const node = nodePackage(line);
  if ("absent" in node) notRun(node.absent);
  else {
    using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-packed-"));
    const siblings = tarballsFrom(values.tarballs, folder.path);
    const registry = { [node.name]: node.version, typescript: catalogVersion("typescript"), "@types/node": catalogVersion("@types/node") };
    const project = installPacked(join(folder.path, "project"), { installed: siblings, siblings, registry });
    if (line === "20") refusesOldNode(project);
    else usePackages(project.folder, project.environment);
  }
}

function usePackages(project: string, environment: NodeJS.ProcessEnv): void {
  const run = (command: string, args: readonly string[], expected: readonly number[] = [0]): void =>
    runCommand(command, args, { cwd: project, environment, expected });

  run("node", ["--version"]);
  const installed = join(project, "node_modules/@flynn");
  run("flynn-conformance", ["list"]);
  run("flynn-conformance", ["explain", "LEASE-005"]);
  run("flynn-conformance", ["specimen", join(installed, "conformance/dist/specimen/exemplar.js"), "--accept-host-limits"]);
  run("flynn-conformance", ["skill-scanner", join(installed, "reference-daemon/dist/subject.js"), "--accept-host-limits"]);
  run("flynn", ["skills", "scan", writeSkill(project)]);
  judgeByAction(project, environment);

  // What a reader of the guide writes, checked by the compiler against the packed types and then judged, which it must fail.
  writeFileSync(join(project, "my-scanner.ts"), readerModule());
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: consumerOptions, files: ["my-scanner.ts"] }));
  run("tsc", ["--project", "tsconfig.json"]);
  run("flynn-conformance", ["skill-scanner", "./my-scanner.ts", "--accept-host-limits"], [1]);
}

/** The action that authors copy, with the npx and the packages that they have: its own tests run it on the sources. */
function judgeByAction(cwd: string, environment: NodeJS.ProcessEnv): void {
  const command =
    "node node_modules/@flynn/conformance/dist/bin/flynn-conformance.js host node_modules/@flynn/conformance/dist/specimen/exemplar.js";
  const action = readAction(join(root, "examples/github-action/action.yml"));
  const inputs = { contract: "specimen", command, "accept-host-limits": "true" };
  const { status, log, outputs } = runAction(action, inputs, { cwd, environment, scratch: join(cwd, "github") });
  console.log(`$ examples/github-action/action.yml\n${log}`);
  if (status !== 0 || outputs["verdict"] !== "conformant")
    throw new Error(
      `The action ended with ${status} and the verdict ${outputs["verdict"]}; the exemplar is conformant, so look at what it printed`,
    );
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
