import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { codeBlocksOf } from "./markdown.ts";

/** The first line of a page whose reader has installed the packages and has no clone. */
const IN_A_PROJECT = "<!-- runs in: a project with the packed packages -->";

interface Page {
  /** Relative to the root. */
  readonly path: string;
  readonly markdown: string;
}

/** Pages that are run where their reader is: in a clone, by the tests; in a project, by `tools/ci/packed-guides.ts`. */
export interface Pages {
  readonly inClone: readonly Page[];
  readonly inProject: readonly Page[];
}

const RUN = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/guides/*.md",
  "examples/*/README.md",
  "{sdk,fixtures,conformance,reference-daemon}/README.md",
];

/** Written by programs, or data. */
const NOT_WRITTEN_FOR_READERS = [
  "**/node_modules/**",
  "**/dist/**",
  "fixtures/skills/**",
  "docs/spec/**",
  "docs/rules/**",
  "docs/corpus/**",
  "sdk/api/**",
  "conformance/api/**",
];

export function readPages(root: string): Pages {
  const pages = globSync(RUN, { cwd: root, exclude: NOT_WRITTEN_FOR_READERS })
    .toSorted()
    .map((path) => ({ path, markdown: readFileSync(join(root, path), "utf8") }));
  return { inClone: pages.filter((page) => !isInProject(page)), inProject: pages.filter((page) => isInProject(page)) };
}

/** Pages that say that something in them is run, or where, and that nobody runs. */
export function forgottenPages(root: string, { inClone, inProject }: Pages): string[] {
  const known = new Set([...inClone, ...inProject].map(({ path }) => path));
  return globSync("**/*.md", { cwd: root, exclude: NOT_WRITTEN_FOR_READERS })
    .filter((path) => !known.has(path))
    .filter((path) => promisesToRun({ path, markdown: readFileSync(join(root, path), "utf8") }));
}

function isInProject({ path, markdown }: Page): boolean {
  const [first = ""] = markdown.split("\n");
  if (first.startsWith("<!-- runs") && first !== IN_A_PROJECT)
    throw new Error(`${path}:1: says ${first}, which means nothing; pages run in a clone unless their first line is ${IN_A_PROJECT}`);
  return first === IN_A_PROJECT;
}

function promisesToRun(page: Page): boolean {
  return isInProject(page) || codeBlocksOf(page.markdown).some(({ info }) => /(^|\s)(run|file=|output)/u.test(info));
}
