import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

/** The version that is installed where none is given. */
const OPENCLAW_VERSION = "2026.9.6";
const INSTALL_TIMEOUT_MS = 10 * 60_000;

export type Peer = { readonly version: string; readonly module: string; readonly root: string } | { readonly notRun: string };

/**
 * OpenClaw's published scanner: in `folder`, which holds a node_modules with it, or else installed into `cache` by npm without
 * running any script. Where neither works, why.
 */
export function openClawPeer({ folder, cache, install }: { folder?: string | undefined; cache: string; install: boolean }): Peer {
  if (folder !== undefined) return findScanner(resolve(folder));
  const installed = findScanner(cache);
  if (!("notRun" in installed) || !install) return installed;
  console.error(`Installing openclaw@${OPENCLAW_VERSION} into ${cache}, once`);
  mkdirSync(cache, { recursive: true });
  const args = [
    "install",
    `openclaw@${OPENCLAW_VERSION}`,
    "--prefix",
    cache,
    "--ignore-scripts",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
  ];
  const { status, error, stderr } = spawnSync("npm", args, { env: plainEnvironment(), timeout: INSTALL_TIMEOUT_MS, encoding: "utf8" });
  if (status === 0) return findScanner(cache);
  return { notRun: `npm could not install it: ${error?.message ?? stderr.trim().split("\n").at(-1) ?? `status ${status}`}` };
}

function findScanner(folder: string): Peer {
  const root = join(folder, "node_modules", "openclaw");
  if (!existsSync(join(root, "package.json"))) return { notRun: `there is no node_modules/openclaw in ${folder}` };
  const { version } = packageManifest(root);
  const names = readdirSync(join(root, "dist")).filter((name) => /^scanner-.+\.mjs$/u.test(name));
  const module = names.map((name) => join(root, "dist", name)).find(exportsScanner);
  return module === undefined ? { notRun: `openclaw ${version} has no scanner where it used to be` } : { version, module, root };
}

/** Several files have such a name; one exports the functions by their own names. */
function exportsScanner(module: string): boolean {
  return /export \{[^}]*\bscanDirectoryWithSummary\b(?! as)[^}]*\}/u.test(readFileSync(module, "utf8"));
}

function packageManifest(root: string): { readonly version: string } {
  // oxlint-disable-next-line house/no-bare-json-parse
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
}

/** pnpm passes its own settings on in variables that npm takes for its own. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/iu.test(name)));
}
