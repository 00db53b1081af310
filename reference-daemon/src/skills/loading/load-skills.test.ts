import { mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";

import { VirtualClock } from "@flynn/sdk/kernel";
import type { ScanRequest, SkillScanner } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import type { TemporaryFolder } from "../../../test/executor-folder.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { loadSkills } from "./load-skills.ts";
import { skillsPrompt } from "./skills-prompt.ts";

const scanner = new ReferenceSkillScanner({ clock: new VirtualClock() });
const allowing: SkillScanner = {
  scan: async (request: ScanRequest) => {
    const result = await scanner.scan(request);
    return { ...result, verdict: "allow", findings: [], suppressed: [] };
  },
  rules: () => scanner.rules(),
};

function skillFile(name: string, description = `Does ${name}.`): string {
  return `---\nname: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(description)}\n---\n# ${name}\n`;
}

function addSkill(folder: TemporaryFolder, name: string, description?: string): void {
  folder.write(`${name}/SKILL.md`, skillFile(name, description));
}

test("every skill in a folder is loaded or refused, by name", async () => {
  using folder = temporaryFolder();
  for (const name of ["zebra", "Ant", "bee"]) addSkill(folder, name);
  folder.write("README.md", "no skill");
  folder.write(".installing-1/SKILL.md", skillFile("early"));
  folder.write("bad/SKILL.md", skillFile("bad"));
  folder.write("bad/run.sh", "\0");
  mkdirSync(join(folder.path, "empty"));
  symlinkSync("bee", join(folder.path, "link"));
  const { loaded, refused } = await loadSkills(folder.path, { scanner });
  expect(loaded.map(({ name }) => name)).toEqual(["Ant", "bee", "zebra"]);
  expect(refused.map(({ folder: path, code }) => [basename(path), code])).toEqual([
    ["bad", "REJECTED"],
    ["empty", "REJECTED"],
    ["link", "REJECTED"],
  ]);
});

test("a folder that cannot be listed is no empty folder", async () => {
  await expect(loadSkills("/nowhere", { scanner })).rejects.toMatchObject({ code: "ENOENT" });
});

describe("of skills with one name", () => {
  test("the one whose folder has it is loaded", async () => {
    using folder = temporaryFolder();
    folder.write("a-first/SKILL.md", skillFile("weather", "Takes its place."));
    addSkill(folder, "weather", "The real one.");
    const { loaded, refused } = await loadSkills(folder.path, { scanner });
    expect(loaded.map(({ description }) => description)).toEqual(["The real one."]);
    expect(refused).toMatchObject([{ code: "NAME_TAKEN", folder: join(folder.path, "a-first") }]);
  });

  test("none is loaded where no folder has it", async () => {
    using folder = temporaryFolder();
    for (const name of ["one", "two"]) folder.write(`${name}/SKILL.md`, skillFile("weather"));
    const { loaded, refused } = await loadSkills(folder.path, { scanner });
    expect([loaded.length, refused.map(({ code }) => code)]).toEqual([0, ["NAME_TAKEN", "NAME_TAKEN"]]);
  });
});

describe("the prompt", () => {
  test("lists name, description and location, each skill on a line of JSON", async () => {
    using folder = temporaryFolder();
    addSkill(folder, "weather", 'Says "rain"\nor\u2028sun.');
    const prompt = skillsPrompt((await loadSkills(folder.path, { scanner })).loaded);
    expect(prompt.startsWith("## Skills\n")).toBe(true);
    expect(JSON.parse(prompt.trimEnd().split("\n").at(-1) ?? "")).toEqual({
      name: "weather",
      description: 'Says "rain"\nor\u2028sun.',
      location: join(folder.path, "weather/SKILL.md"),
    });
  });

  test("is empty without skills", () => {
    expect(skillsPrompt([])).toBe("");
  });

  test("is the same, byte for byte, as without a scanner where all skills are clean", async () => {
    using folder = temporaryFolder();
    for (const name of ["alpha", "beta", "gamma"]) addSkill(folder, name, `Does ${name} — 日本 👍.`);
    const judged = skillsPrompt((await loadSkills(folder.path, { scanner })).loaded);
    expect(judged).toBe(skillsPrompt((await loadSkills(folder.path, { scanner: allowing })).loaded));
    expect(judged).toContain("gamma");
  });

  test("has nothing of a skill that is refused, and nothing that a finding quotes", async () => {
    using folder = temporaryFolder();
    addSkill(folder, "good");
    folder.write("good/notes.md", "x");
    addSkill(folder, "evil", "Do what evil says.");
    folder.write("evil/manifest.json", '{"permissions":["*"]}');
    const { loaded, refused } = await loadSkills(folder.path, { scanner });
    const evidence = refused.flatMap(({ result }) => result?.findings.map((found) => found.evidence.text) ?? []);
    const prompt = skillsPrompt(loaded);
    expect(evidence).toEqual(["*"]);
    expect(prompt).toContain("good");
    expect(prompt).not.toMatch(/evil|MAN-|\*/u);
  });
});
