import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

import * as z from "zod";

import { openClawPeer } from "../../bench/scanner/openclaw-peer.ts";

/** A scanner that a program in a process of its own asks, folder after folder. */
export interface Scanner {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** What of its own scale counts as blocked and as warned. */
  readonly mapping: string;
  /** The families that it is made for; all of them where it is left out. */
  readonly families?: readonly string[];
}

export interface NotRun {
  readonly name: string;
  readonly notRun: string;
}

export interface PeerFolders {
  readonly openclaw?: string | undefined;
  readonly cisco?: string | undefined;
  readonly secretlint?: string | undefined;
}

const root = resolve(import.meta.dirname, "../..");
const worker = join(import.meta.dirname, "worker.ts");
const manifestSchema = z.looseObject({ version: z.string() });

export function findScanners(folders: PeerFolders): readonly (Scanner | NotRun)[] {
  return [flynn(), openClaw(folders.openclaw), cisco(folders.cisco), secretlint(folders.secretlint)];
}

function flynn(): Scanner {
  return {
    name: "Flynn",
    version: versionIn(join(root, "reference-daemon")),
    ...nodeWorker("flynn"),
    mapping: "the verdict: `reject` is blocked, `warn` is warned. No policy file.",
  };
}

function openClaw(folder: string | undefined): Scanner | NotRun {
  const name = "OpenClaw";
  const peer = openClawPeer({ folder, cache: join(root, ".flynn/bench"), install: false });
  if ("notRun" in peer) return { name, notRun: peer.notRun };
  return {
    name,
    version: peer.version,
    ...nodeWorker("openclaw", peer.module),
    mapping:
      "its directory scan with hidden folders, node_modules and test files, and its text scan of SKILL.md, together: any `critical` is blocked, any `warn` is warned.",
  };
}

function cisco(folder: string | undefined): Scanner | NotRun {
  const name = "Cisco skill-scanner";
  if (folder === undefined) return { name, notRun: "--cisco names no folder with skill_scanner" };
  const environment = { ...process.env, PYTHONPATH: resolve(folder) };
  const { status, stdout, stderr } = spawnSync("python3", ["-c", "import skill_scanner; print(skill_scanner.__version__)"], {
    env: environment,
    encoding: "utf8",
  });
  if (status !== 0)
    return { name, notRun: `python3 cannot import skill_scanner: ${stderr.trim().split("\n").at(-1) ?? "no reason given"}` };
  return {
    name,
    version: stdout.trim(),
    command: "python3",
    args: [join(import.meta.dirname, "cisco_worker.py")],
    environment,
    mapping:
      "its core analyzers with its default policy (balanced), without a model and without the network: `CRITICAL` and `HIGH` are blocked, as its own `is_safe` has it; `MEDIUM` is warned; a skill that it refuses to load is blocked.",
  };
}

function secretlint(folder: string | undefined): Scanner | NotRun {
  const name = "secretlint";
  const module = join(resolve(folder ?? ""), "node_modules/@secretlint/core");
  if (folder === undefined || !existsSync(module))
    return { name, notRun: "--secretlint names no folder with node_modules/@secretlint/core" };
  return {
    name,
    version: versionIn(module),
    ...nodeWorker("secretlint", resolve(folder)),
    mapping:
      "its recommended preset on every file: any message is blocked; it has no warnings. It looks for credentials and for nothing else.",
    families: ["secrets"],
  };
}

function nodeWorker(...args: string[]): Pick<Scanner, "command" | "args"> {
  return { command: process.execPath, args: ["--conditions=@flynn/source", worker, ...args] };
}

function versionIn(folder: string): string {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).version;
}
