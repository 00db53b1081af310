import { spawnSync } from "node:child_process";
import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";

import { tarballsFrom } from "./tarballs.ts";
import type { Tarball } from "./tarballs.ts";
import { root } from "./workspace-settings.ts";

/*
 * Usage: check-tarballs.ts [--tarballs <folder>]
 * What others find when they install a package: publint reads its manifest and files, attw resolves its types as TypeScript
 * does. The packages are ES modules alone, which is why attw is told not to ask for CommonJS.
 */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  publint: ["--strict"],
  attw: ["--profile", "esm-only", "--no-definitely-typed", "--format", "ascii", "--no-summary", "--no-emoji", "--no-color"],
};

const { tarballs: given } = parseArgs({ options: { tarballs: { type: "string" } } }).values;

using scratch = mkdtempDisposableSync(join(tmpdir(), "flynn-tarballs-"));
const failures = tarballsFrom(given, scratch.path).flatMap((tarball) =>
  Object.keys(TOOLS)
    .filter((tool) => !passes(tool, tarball))
    .map((tool) => `${tool} refuses ${tarball.name}`),
);
for (const failure of failures)
  console.error(`${failure}: see above, and change ${failure.split("/").at(-1)}/package.json or what it builds`);
console.log(`${failures.length} problems`);
if (failures.length > 0) process.exitCode = 1;

function passes(tool: string, { path }: Tarball): boolean {
  console.log(`\n$ ${tool} ${TOOLS[tool]?.join(" ")} ${basename(path)}`);
  const { status, error } = spawnSync(join(root, "node_modules/.bin", tool), [...(TOOLS[tool] ?? []), path], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) },
  });
  if (error) throw new Error(`${tool} could not be started: ${error.message}; run npx pnpm@12 install`);
  return status === 0;
}
