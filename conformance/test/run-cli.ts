import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../bin/flynn-conformance.ts", import.meta.url));

/** Far beyond what any command here takes, so that one that hangs is told from one that is slow. */
const COMMAND_BOUND_MS = 60_000;

/** What the runner of these tests sets for itself, and what the script that started it was told. */
const UNSET = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  VITEST: undefined,
  NODE_OPTIONS: undefined,
  npm_config_user_agent: undefined,
  npm_lifecycle_event: undefined,
  npm_lifecycle_script: undefined,
};

/** Where Node puts it by itself; named, so that commands with a folder for temporary files of their own have it too. */
const COMPILE_CACHE = join(tmpdir(), "node-compile-cache");

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** The path of a subject of these tests. */
export function subjectPath(name: string): string {
  return fileURLToPath(new URL(`subjects/${name}.ts`, import.meta.url));
}

export const EXEMPLAR = fileURLToPath(new URL("../specimen/exemplar.ts", import.meta.url));

/** How a command starts Node so that it finds the sources of the workspace. */
export const NODE = [process.execPath, "--conditions=@flynn/source"] as const;

/** The command line as a person would have it, in a process of its own. */
export function runCli(args: readonly string[], cwd?: string, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runNode([BIN, ...args], cwd, environment);
}

export async function runNode(args: readonly string[], cwd?: string, extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const startedAt = performance.now();
  const [node, ...own] = NODE;
  const environment = { ...process.env, ...UNSET, NODE_COMPILE_CACHE: COMPILE_CACHE, ...extra };
  const child = spawn(node, [...own, ...args], { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"], timeout: COMMAND_BOUND_MS });
  const [stdout, stderr, exitCode] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code));
    }),
  ]);
  return { exitCode, stdout, stderr, durationMs: performance.now() - startedAt };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString("utf8");
}

/** A folder that is gone after `use`. */
export async function inFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), "flynn-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
