import { skillFixture } from "@flynn/fixtures/skills";
import type { SkillFixture } from "@flynn/fixtures/skills";

import { twinOf } from "./fixture-case.ts";

type Entry = SkillFixture["entries"][number];
export type Body = Extract<Entry, { readonly kind: "file" }>["body"];

/** A file of a hostile fixture, as it is there and as it is in its benign twin. */
export interface Payload {
  readonly from: SkillFixture;
  readonly path: string;
  readonly hostile: readonly string[];
  readonly benign: readonly string[];
}

export function payloadOf(id: string, path: string): Payload {
  return { from: skillFixture(id), path, hostile: linesOf(skillFixture(id), path), benign: linesOf(skillFixture(twinOf(id)), path) };
}

/** Of a file of the fixture itself, whatever it has for a twin. */
export function linesOf({ id, entries }: SkillFixture, path: string): readonly string[] {
  const entry = entries.find((candidate) => candidate.path === path);
  if (entry?.kind !== "file" || !Array.isArray(entry.body)) throw new Error(`${id} has no file of lines at ${path}`);
  return entry.body as readonly string[];
}

/** The fixture with these files in place of its own, but for `SKILL.md`, and with whatever it had if it was not named here. */
export function withFiles(fixture: SkillFixture, files: Readonly<Record<string, Body>>): SkillFixture {
  const made = Object.entries(files).map(([path, body]): Entry => ({ kind: "file", path, body }));
  const kept = fixture.entries.filter(({ path }) => path === "SKILL.md" && !Object.hasOwn(files, path));
  return { ...fixture, entries: [...kept, ...made] };
}

/** The twin of a payload's fixture, with its files replaced in the same way. */
export function twinWithFiles({ from }: Payload, files: Readonly<Record<string, Body>>): SkillFixture {
  return withFiles(skillFixture(twinOf(from.id)), files);
}

/** How many of the first lines are the twin's too, and where the lines that are the payload's own end. */
export function ownLines({ hostile, benign }: Payload): { readonly start: number; readonly end: number } {
  const start = hostile.findIndex((line, index) => line !== benign[index]);
  let shared = 0;
  while (shared < Math.min(hostile.length, benign.length) - start && hostile.at(-1 - shared) === benign.at(-1 - shared)) shared += 1;
  return { start, end: hostile.length - shared };
}
