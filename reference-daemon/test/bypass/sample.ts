import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { TEXT_FAMILIES, buildSkill, seededRandom, skillFixture, skillFixtures } from "@flynn/fixtures/skills";
import type { SkillFixture } from "@flynn/fixtures/skills";

import { languageOfLines } from "./language.ts";
import type { Language } from "./language.ts";

export type Files = ReadonlyMap<string, string>;

/** Lines that stand together, are in one language, and are not in the benign twin. */
export interface Passage {
  readonly path: string;
  readonly language: Language;
  /** Of its first line, from 0. */
  readonly start: number;
  readonly count: number;
}

/** A hostile fixture in memory. What is not text is left out of it; such fixtures have their payload in a text. */
export interface Sample {
  readonly fixture: SkillFixture;
  readonly files: Files;
  readonly passages: readonly Passage[];
  /** Files that the twin does not have, or has with other content. */
  readonly changed: readonly string[];
}

/** Every hostile fixture of the text families, as the same names and nonces make it. */
export async function readSamples(): Promise<Sample[]> {
  const hostile = [...skillFixtures().values()].filter(({ family, kind }) => kind === "hostile" && TEXT_FAMILIES.includes(family));
  const samples: Sample[] = [];
  for (const fixture of hostile) {
    const twin = await builtFiles(skillFixture(fixture.twin ?? ""));
    samples.push(sampleOf(fixture, await builtFiles(fixture), twin));
  }
  return samples;
}

function sampleOf(fixture: SkillFixture, files: Files, twin: Files): Sample {
  const changed = [...files.keys()].filter((path) => files.get(path) !== twin.get(path));
  return { fixture, files, passages: changed.flatMap((path) => passagesOf(path, files.get(path) ?? "", twin.get(path))), changed };
}

function passagesOf(path: string, text: string, twin: string | undefined): Passage[] {
  const known = new Set(twin?.split("\n"));
  const lines = text.split("\n");
  const languages = languageOfLines(path, text);
  const passages: { path: string; language: Language; start: number; count: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const language = languages[index] ?? "other";
    if (line.trim() === "" || known.has(line)) continue;
    const last = passages.at(-1);
    if (last?.language === language && last.start + last.count === index) last.count += 1;
    else passages.push({ path, language, start: index, count: 1 });
  }
  return passages;
}

/** With the same choices in every build, so that a fixture and its twin differ in what makes the one hostile, and in nothing else. */
async function builtFiles(fixture: SkillFixture): Promise<Files> {
  using directory = mkdtempDisposableSync(join(tmpdir(), "flynn-bypass-"));
  await using skill = await buildSkill(fixture, { random: seededRandom("bypass"), directory: directory.path });
  const files = skill.entries.filter(({ kind }) => kind === "file");
  return new Map(files.map(({ path, location }) => [path, readFileSync(location).toString("utf8")]));
}
