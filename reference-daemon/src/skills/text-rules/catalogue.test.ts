import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import * as z from "zod";

import { filledExample } from "../../../test/filled-example.ts";
import { MemoryFileSystem } from "../../../test/memory-file-system.ts";
import { scan } from "../../../test/scanning.ts";
import { GOOD_SKILL_FILE } from "../../../test/temporary-skill.ts";
import { ruleCatalogue } from "../rules/catalogue.ts";
import { allTextRules } from "./all-text-rules.ts";

const idsSchema = z.strictObject({ published: z.array(z.string()), retired: z.record(z.string(), z.string()) });
const ids = idsSchema.parse(JSON.parse(readFileSync(new URL("../rules/rule-ids.json", import.meta.url), "utf8")));

/** The rules that name a file with this text, in a skill that holds nothing else. */
async function rulesAt(path: string, text: string): Promise<string[]> {
  const frontMatter = path === "SKILL.md" && !text.startsWith("---") ? GOOD_SKILL_FILE.replace("# Sample\n", "") : "";
  const files = { "SKILL.md": GOOD_SKILL_FILE, [path]: frontMatter + filledExample(text) };
  const { findings } = await scan("/skill", {}, { fileSystem: new MemoryFileSystem(utf8(files)) });
  return findings.filter((found) => found.path === path).map(({ ruleId }) => ruleId);
}

/** Names in memory are Latin-1. */
function utf8(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [Buffer.from(path).toString("latin1"), text]));
}

describe.each(allTextRules.map((rule) => [rule.info.id, rule.example] as const))("the example of %s", (id, { path, caught, instead }) => {
  test("is caught by it, in its file", async () => {
    expect(await rulesAt(path, caught)).toContain(id);
  });

  test("is not caught without what the rule is about", async () => {
    expect(await rulesAt(path, instead)).not.toContain(id);
  });
});

test("a rule says why it is there, what to do, and what others call it, in sentences", () => {
  for (const { id, summary, why, fix, reasonCode } of allTextRules.map(({ info }) => info)) {
    for (const sentence of [summary, why, fix]) expect(`${id}: ${sentence}`).toMatch(/^[A-Z0-9-]+: [A-Z`].*[.]$/u);
    expect(`${id}: ${reasonCode}`).toMatch(/: (?:suspicious|malicious)\.[a-z_]+$/u);
  }
});

test("an id that was ever published is in the catalogue or is retired, and means one thing for good", () => {
  const current = ruleCatalogue.map(({ id }) => id);
  const hint = "in reference-daemon/src/skills/rules/rule-ids.json";
  expect(
    current.filter((id) => !ids.published.includes(id)),
    `add these to "published" ${hint}`,
  ).toEqual([]);
  expect(
    ids.published.filter((id) => !current.includes(id) && !(id in ids.retired)),
    `say why these are gone in "retired" ${hint}`,
  ).toEqual([]);
  expect(
    current.filter((id) => id in ids.retired),
    "a retired id is not used again",
  ).toEqual([]);
  expect(new Set(ids.published).size).toBe(ids.published.length);
});
