import { existsSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { clonePlace } from "./clone-place.ts";
import { planOf } from "./page-plan.ts";
import { forgottenPages, readPages } from "./pages.ts";
import { projectPlace } from "./project-place.ts";
import { runPage } from "./run-page.ts";

const root = resolve(import.meta.dirname, "../..");

const block = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n`;

async function run(markdown: string, page = "page.md"): Promise<void> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), "flynn-page-"));
  await runPage(page, planOf(page, markdown), await clonePlace(scratch.path, root));
}

/** A project in which one command, `greet`, is installed. */
async function runInProject(markdown: string): Promise<void> {
  using scratch = mkdtempDisposableSync(join(tmpdir(), "flynn-page-"));
  const bin = join(scratch.path, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "greet"), '#!/bin/sh\necho "hello $1"\n', { mode: 0o755 });
  const place = await projectPlace(join(scratch.path, "project"), join(scratch.path, "node_modules"), root);
  await runPage("page.md", planOf("page.md", markdown), place);
}

test("a page whose files, commands and outputs hold passes", async () => {
  const page = [
    block("ts file=greet.ts", 'import { isJson } from "@flynn/sdk/kernel";\nconsole.log("json:", isJson({ a: 1 }), Date.now());'),
    block("sh run", "node --conditions=@flynn/source greet.ts\ntest -f sdk/package.json"),
    block("text output", "json: true …"),
    block("sh run exit=3", "exit 3"),
    block('sh run prints="two words"', "echo some two words here"),
    block("json", "{}"),
    block('sh no-run="needs a server"', "false"),
  ];
  await run(page.join("\n"));
});

const broken: readonly (readonly [string, string, string])[] = [
  ["a command that fails", block("sh run", "echo said; exit 4"), "page.md:1: ended with 4 and not with 0:\necho said; exit 4\n\nsaid"],
  ["a command that fails half-way", block("sh run", "false\ntrue"), "ended with 1"],
  ["a command that should fail and does not", block("sh run exit=1", "true"), "ended with 0 and not with 1"],
  ["an output that changed", block("sh run", "echo new") + block("text output", "old"), "page.md:4: the run before it does not print"],
  ["a print that is missing", block('sh run prints="two words"', "echo two; echo words"), "page.md:1: the run before it does not print"],
  ["outputs in another order", block("sh run", "echo b; echo a") + block("text output", "a\nb"), "does not print this line"],
  ["a file in the repository", block("ts file=sdk/x.ts", ""), "would be written into the repository"],
  ["a file outside the scratch folder", block("ts file=../x.ts", ""), "would be written into the repository"],
  ["a block that is not marked", block("ts", "const a = 1;"), "neither run nor marked"],
  ["a block without a language", block("", "x"), "no language is neither run"],
  ["a mark that is misspelt", block("sh runs", "true"), "the block says runs, which means nothing"],
  ["a block that is not run and does not say why", block("sh no-run", "true"), "say why"],
  ["a block without an end", "```sh run\ntrue\n", "has no end"],
  ["a script of the workspace that pages cannot run", block("sh run", "npx pnpm@12 publish"), "ended with 97"],
];

test.each(broken)("%s is found", async (_title, page, message) => {
  await expect(run(page)).rejects.toThrow(message);
});

test("nothing that a page writes reaches the repository", async () => {
  await run(block("text file=only-in-scratch.txt", "x") + block("sh run", "test -f only-in-scratch.txt"));
  expect(existsSync(join(root, "only-in-scratch.txt"))).toBe(false);
});

test("a page is planned whole before its first step is done", async () => {
  await expect(run(block("sh run", "exit 5") + block("ts", ""))).rejects.toThrow("neither run nor marked");
});

test("a page of those who have installed the packages runs what is installed, and writes beside it", async () => {
  const page = [
    block("ts file=src/answer.ts", "export const answer: number = 42;"),
    block("ts file=ask.ts", 'import { answer } from "./src/answer.ts";\nconsole.log(answer);'),
    block('sh run prints="42"', "node ask.ts"),
    block("sh run", "npx greet you"),
    block("text output", "hello …"),
    block("sh run exit=3", "exit 3"),
  ];
  await runInProject(page.join("\n"));
});

test.each([
  ["a command of the workspace", block("sh run", "oxlint --version"), "ended with 127"],
  ["a command that is not installed", block("sh run", "npx flynn-conformance --version"), "ended with 1"],
  ["the sources of the workspace", block("sh run", "npm_config_x=1; node -e 'import(\"@flynn/sdk/kernel\")'"), "ended with 1"],
  ["a file in an installed package", block("ts file=node_modules/x.ts", ""), "would be written into an installed package"],
  ["a file outside the project", block("ts file=a/../../x.ts", ""), "would be written outside of the project"],
])("%s is not there for a page of those who have installed the packages", async (_title, page, message) => {
  await expect(runInProject(page)).rejects.toThrow(message);
});

const pages = readPages(root);

test("every page that promises to be run is run, in a clone or in a project", () => {
  expect(forgottenPages(root, pages)).toEqual([]);
  expect(pages.inClone.map(({ path }) => path)).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md"]));
  expect(pages.inProject.map(({ path }) => path)).toContain("sdk/README.md");
});

test("a page that nobody runs, and one that misspells where it runs, are found", () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-pages-"));
  writeFileSync(join(folder.path, "FORGOTTEN.md"), block("sh run", "true"));
  writeFileSync(join(folder.path, "READ.md"), block("ts", "const a = 1;"));
  expect(forgottenPages(folder.path, readPages(folder.path))).toEqual(["FORGOTTEN.md"]);
  writeFileSync(join(folder.path, "README.md"), "<!-- runs in: a projct -->\n");
  expect(() => readPages(folder.path)).toThrow("README.md:1: says <!-- runs in: a projct -->, which means nothing");
});

test.each(pages.inClone.map(({ path, markdown }) => [path, markdown] as const))(
  "what %s tells its reader to do works",
  { timeout: 300_000 },
  async (path, markdown) => {
    await run(markdown, path);
  },
);

for (const { path, markdown } of pages.inProject) {
  test(`the plan of ${path} is sound`, () => {
    expect(planOf(path, markdown).some(({ kind }) => kind === "run")).toBe(true);
  });
  test.skip(`what ${path} tells its reader to do works: needs packed packages, so the step packed-guides of .ci/run does it`, () =>
    undefined);
}
