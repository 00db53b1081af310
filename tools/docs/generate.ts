import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { generatedFiles } from "./generated-files.ts";

/*
 * Writes what is generated from the contracts and the rules: pages in docs/spec and docs/rules, and JSON Schemas. With `--check` it writes nothing, names
 * each file that is not what the sources say, and exits with 1.
 */
const root = resolve(import.meta.dirname, "../..");
const [mode, ...more] = process.argv.slice(2);

if ((mode !== undefined && mode !== "--check") || more.length > 0) {
  console.error("Usage: pnpm docs:generate [--check]");
  process.exitCode = 2;
} else {
  const files = await generatedFiles(root);
  const drifted = [...files].filter(([path, text]) => currentText(path) !== text);
  const left = globSync("docs/rules/*.md", { cwd: root }).filter((path) => !files.has(path));
  for (const [path, text] of drifted) {
    if (mode === undefined) write(path, text);
    else console.error(`${path} is not what its sources say; run \`pnpm docs:generate\` and commit the result`);
  }
  for (const path of left) {
    if (mode === undefined) rmSync(join(root, path));
    else console.error(`${path} is about a rule that is gone; run \`pnpm docs:generate\` and commit the result`);
  }
  console.log(mode === undefined ? `${drifted.length} files written` : `${drifted.length} generated files differ from their sources`);
  if (mode !== undefined && drifted.length + left.length > 0) process.exitCode = 1;
}

function currentText(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
