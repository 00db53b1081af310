import { mkdirSync, mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { codeBlocksOf } from "../docs/markdown.ts";
import { outputOf, runCommand } from "./run-command.ts";

/*
 * Usage: fresh-clone.ts
 * Does what the README says to do first, as somebody would who has just cloned the repository: an empty HOME, an empty package
 * store, the Node that the system has. The commands are read from the README, so that it cannot promise others.
 */
const root = resolve(import.meta.dirname, "../..");

using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-fresh-clone-"));
const home = join(folder.path, "home");
const clone = join(folder.path, "flynn");
mkdirSync(home);
runCommand("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { cwd: folder.path });

const environment = emptyEnvironment();
const commands = firstCommands();
if (commands.length !== 2) throw new Error(`The README promises two commands and shows ${commands.length}`);
const failures = commands.flatMap(([command = "", ...args]) => {
  const started = performance.now();
  try {
    runCommand(command, args, { cwd: clone, environment });
    return [];
  } catch (error) {
    return [(error as Error).message];
  } finally {
    console.log(`${[command, ...args].join(" ")}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
});
if (failures.length > 0) throw new Error(failures.join("\n"));
const changed = outputOf("git", ["status", "--porcelain"], clone);
if (changed !== "") throw new Error(`The commands left changes in the clone:\n${changed}`);

/** Nothing of this user's: no configuration, no cache, no store, and no tool of the workspace on the PATH. */
function emptyEnvironment(): NodeJS.ProcessEnv {
  const registry = outputOf("npm", ["config", "get", "registry"], folder.path);
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|xdg_|node_options$|node_path$)/iu.test(name));
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.startsWith(root));
  return { ...Object.fromEntries(kept), HOME: home, PATH: path.join(delimiter), npm_config_registry: registry, npm_config_yes: "true" };
}

/** The commands of the first shell block of the README. */
function firstCommands(): readonly (readonly string[])[] {
  const block = codeBlocksOf(readFileSync(join(clone, "README.md"), "utf8")).find(({ language }) => language === "sh");
  return (block?.text ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim().split(/\s+/u)]));
}
