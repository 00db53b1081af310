import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { wireRequirements } from "@flynn/sdk/wire";
import { expect, test } from "vitest";

import { readContracts } from "./generated-files.ts";
import { anchorsOf, linksOf } from "./markdown.ts";

const root = resolve(import.meta.dirname, "../..");
const pages = globSync(
  ["*.md", "docs/**/*.md", "sdk/*.md", "fixtures/*.md", "conformance/*.md", "reference-daemon/*.md", "examples/*/*.md"],
  { cwd: root },
);

/** What is wrong with the links of one page. */
function brokenLinks(page: string, markdown: string): string[] {
  return linksOf(markdown).flatMap((link) => {
    if (/^[a-z]+:/u.test(link)) return [];
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(root, page) : resolve(root, dirname(page), path);
    if (path !== "" && !existsSync(target)) return [`${page}: ${link} leads to ${relative(root, target)}, which does not exist`];
    if (anchor === undefined) return [];
    const text = path === "" ? markdown : readFileSync(target, "utf8");
    return anchorsOf(text).has(anchor) ? [] : [`${page}: ${link} names a heading that does not exist`];
  });
}

test("a broken link is found, and one in code is none", () => {
  const page =
    "# Title\n\n[a](nowhere.md) [b](#title) [c](#nothing) `[d](x.md)`\n\n```md\n[e](y.md)\n```\n[f](https://example.invalid/x)\n";
  expect(brokenLinks("docs/page.md", page)).toEqual([
    "docs/page.md: nowhere.md leads to docs/nowhere.md, which does not exist",
    "docs/page.md: #nothing names a heading that does not exist",
  ]);
});

test.each(pages)("the links of %s lead somewhere", (page) => {
  expect(brokenLinks(page, readFileSync(join(root, page), "utf8"))).toEqual([]);
});

test("each place in this repository that a requirement cites exists", async () => {
  const contracts = await readContracts(root);
  const rows = [...wireRequirements, ...contracts.flatMap(({ definition }) => definition.requirements)];
  const cited = rows.filter(({ source }) => source.doc.includes("/") && !source.doc.startsWith("https:"));
  expect(cited.length).toBeGreaterThan(0);
  const missing = cited.filter(({ source: { doc, anchor } }) => {
    const text = existsSync(join(root, doc)) ? readFileSync(join(root, doc), "utf8") : "";
    return doc.endsWith(".md") ? !anchorsOf(text).has(anchor) : !text.includes(anchor);
  });
  expect(missing.map(({ id, source }) => `${id}: ${source.doc}#${source.anchor}`)).toEqual([]);
});
