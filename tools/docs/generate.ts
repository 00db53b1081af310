import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { generatedFiles } from "./generated-files.ts";

/*
 * Writes what is generated from the contracts: pages in docs/spec and JSON Schemas. With `--check` it writes nothing, names
 * each file that is not what the sources say, and exits with 1.
 */
const root = resolve(import.meta.dirname, "../..");
const [mode, ...more] = process.argv.slice(2);

if ((mode !== undefined && mode !== "--check") || more.length > 0) {
  console.error("Usage: pnpm docs:generate [--check]");
  process.exitCode = 2;
} else {
  const drifted = [...(await generatedFiles(root))].filter(([path, text]) => currentText(path) !== text);
  for (const [path, text] of drifted) {
    if (mode === undefined) write(path, text);
    else console.error(`${path} is not what its sources say; run \`pnpm docs:generate\` and commit the result`);
  }
  console.log(mode === undefined ? `${drifted.length} files written` : `${drifted.length} generated files differ from their sources`);
  if (mode !== undefined && drifted.length > 0) process.exitCode = 1;
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
