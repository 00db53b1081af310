import { mkdtempDisposableSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { ReferenceSkillScanner, ruleCatalogue } from "@flynn/reference-daemon/skills";
import { SystemClock } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { rulePages } from "./rule-pages.ts";
import { shownExample } from "./shown-example.ts";

const pages = rulePages();

test("every rule has a page, and the list names it", () => {
  expect(pages.size).toBe(ruleCatalogue.length + 1);
  for (const { id } of ruleCatalogue) expect(pages.get("docs/rules/README.md")).toContain(`[${id}](${id}.md)`);
});

test("what cannot be seen is written out, and a gap is shown", () => {
  expect(shownExample("cu{gap}rl\u200B pаy Привет {random:20}\n\tx\u{E0041}")).toBe(
    "cu·rl⟨U+200B⟩ p⟨U+0430⟩y Привет {random:20}\n\tx⟨U+E0041⟩",
  );
});

test("no example on a page is what any rule looks for", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-rules-"));
  writeFileSync(join(folder.path, "SKILL.md"), "---\nname: rules\ndescription: Pages about rules.\n---\n# Rules\n");
  for (const [path, text] of pages) writeFileSync(join(folder.path, path.replaceAll("/", "-")), text.slice(text.indexOf("## Example")));
  const scanner = new ReferenceSkillScanner({ clock: new SystemClock() });
  const { findings } = await scanner.scan({ root: folder.path, phase: "load" });
  const weighty = findings.filter(({ action }) => action !== "note");
  expect(weighty.map(({ ruleId, path, evidence }) => `${ruleId} ${path} ${evidence.text}`)).toEqual([]);
});

test("no page is left of a rule that is gone", () => {
  const written = readdirSync(resolve(import.meta.dirname, "../../docs/rules")).map((name) => `docs/rules/${name}`);
  expect(written.filter((path) => !pages.has(path))).toEqual([]);
});
