import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { planOf } from "./page-plan.ts";
import { runPage } from "./run-page.ts";

const root = resolve(import.meta.dirname, "../..");

const block = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n`;

async function run(markdown: string): Promise<void> {
  await runPage("page.md", planOf("page.md", markdown), root);
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

const pages = globSync(["README.md", "CONTRIBUTING.md", "docs/guides/*.md", "examples/*/README.md"], { cwd: root }).toSorted();

test.each(pages)("what %s tells its reader to do works", { timeout: 300_000 }, async (page) => {
  await runPage(page, planOf(page, readFileSync(join(root, page), "utf8")), root);
});
