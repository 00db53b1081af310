import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtempDisposable, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import type { PageStep } from "./page-plan.ts";

/** What hangs is ended and shows as a status that nobody asked for. */
const LONGEST_RUN_MS = 240_000;

const NODE_OPTIONS = "--conditions=@flynn/source";

/** The commands that a page may use, as a clone of this repository offers them. */
const commands = (root: string): Readonly<Record<string, string>> => ({
  "flynn-conformance": `exec node ${NODE_OPTIONS} "${root}/conformance/bin/flynn-conformance.ts" "$@"`,
  flynn: `exec node ${NODE_OPTIONS} "${root}/reference-daemon/bin/flynn.ts" "$@"`,
  pnpm: [
    'case "$1" in',
    '  conformance) shift; exec flynn-conformance "$@" ;;',
    '  flynn) shift; exec flynn "$@" ;;',
    `  vitest) shift; exec node "${root}/node_modules/vitest/vitest.mjs" "$@" ;;`,
    '  *) echo "pages can run pnpm conformance and pnpm flynn only, not $1" >&2; exit 97 ;;',
    "esac",
  ].join("\n"),
  npx: 'case "$1" in pnpm@*) shift; exec pnpm "$@" ;; *) echo "pages can run npx pnpm@… only" >&2; exit 97 ;; esac',
});

/**
 * Does what a page makes its reader do, in a folder that looks like a clone but keeps what is written. Throws for the first
 * step that goes otherwise, with the place on the page and the output.
 */
export async function runPage(page: string, steps: readonly PageStep[], root: string): Promise<void> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), "flynn-page-"));
  const clone = join(scratch.path, "clone");
  await mkdir(clone);
  for (const entry of readdirSync(root)) if (entry !== ".git") await symlink(join(root, entry), join(clone, entry));
  const bin = join(scratch.path, "bin");
  await mkdir(bin);
  for (const [name, body] of Object.entries(commands(root))) {
    await writeFile(join(bin, name), `#!/usr/bin/env bash\n${body}\n`);
    await chmod(join(bin, name), 0o755);
  }
  let output = "";
  for (const step of steps) {
    const at = `${page}:${step.line}`;
    if (step.kind === "file") await writeReaderFile(at, step, root, clone);
    else if (step.kind === "output") expectLines(at, step.lines, output);
    else output = await runScript(at, step, clone, `${bin}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`);
  }
}

async function writeReaderFile(at: string, step: Extract<PageStep, { kind: "file" }>, root: string, clone: string): Promise<void> {
  const target = join(clone, step.path);
  const [first = ""] = relative(clone, target).split("/");
  if (first === ".." || existsSync(join(root, first))) {
    throw new Error(`${at}: ${step.path} would be written into the repository; a page writes new files only`);
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, step.text);
}

async function runScript(at: string, step: Extract<PageStep, { kind: "run" }>, cwd: string, path: string): Promise<string> {
  const child = spawn("bash", ["-euo", "pipefail", "-c", step.script], {
    cwd,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_RUN_MS,
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (status !== step.exit) throw new Error(`${at}: ended with ${status} and not with ${step.exit}:\n${step.script}\n${output}`);
  return output;
}

function expectLines(at: string, lines: readonly string[], output: string): void {
  let from = 0;
  for (const line of lines) {
    const pattern = new RegExp(
      line
        .split("…")
        .map((part) => escaped(part))
        .join("[^\\n]*"),
      "u",
    );
    const found = pattern.exec(output.slice(from));
    if (!found) throw new Error(`${at}: the run before it does not print this line (any more):\n${line}\nIt prints:\n${output}`);
    from += found.index + found[0].length;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
}
