import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { planOf } from "../docs/page-plan.ts";
import { readPages } from "../docs/pages.ts";
import { projectPlace } from "../docs/project-place.ts";
import { runPage } from "../docs/run-page.ts";
import { installPacked } from "../packages/packed-project.ts";
import { tarballsFrom } from "../packages/tarballs.ts";
import { catalogVersion, root } from "../packages/workspace-settings.ts";

/*
 * Usage: packed-guides.ts [page...] [--tarballs <folder>]
 * Does what pages tell those readers to do who have installed the packages and have no clone: each page in an empty project
 * of its own, in which the tarballs, vitest and TypeScript are installed. The other pages are run by code-blocks.test.ts.
 */
const BESIDE_THE_PACKAGES = ["vitest", "typescript", "@types/node"];

const { positionals: wanted, values } = parseArgs({ options: { tarballs: { type: "string" } }, allowPositionals: true });
const all = readPages(root).inProject;
const unknown = wanted.filter((page) => !all.some(({ path }) => path === page));

if (unknown.length > 0) {
  console.error(`Not a page that is run in a project: ${unknown.join(", ")}; those are ${all.map(({ path }) => path).join(", ")}`);
  process.exitCode = 2;
} else {
  using scratch = mkdtempDisposableSync(join(tmpdir(), "flynn-packed-guides-"));
  const siblings = tarballsFrom(values.tarballs, scratch.path);
  const registry = Object.fromEntries(BESIDE_THE_PACKAGES.map((name) => [name, catalogVersion(name)]));
  const { folder } = installPacked(join(scratch.path, "installed"), { installed: siblings, siblings, registry });
  const pages = wanted.length === 0 ? all : all.filter(({ path }) => wanted.includes(path));
  const failures: string[] = [];
  for (const [index, { path, markdown }] of pages.entries()) {
    const place = await projectPlace(join(scratch.path, `page-${index}`), join(folder, "node_modules"), root);
    const started = performance.now();
    await runPage(path, planOf(path, markdown), place).catch((error: unknown) => failures.push(String(error)));
    console.log(`${path}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  for (const failure of failures) console.error(failure);
  console.log(`${pages.length} pages, ${failures.length} of them do not work`);
  if (failures.length > 0 || pages.length === 0) process.exitCode = 1;
}
