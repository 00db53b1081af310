import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";

import { ReferenceSkillScanner, ruleExamples } from "@flynn/reference-daemon/skills";
import { SystemClock } from "@flynn/sdk/kernel";

import type { Repetition } from "./repetition.ts";

const SINGLE = 262_144;
/** Enough to see in a first pass which texts cost much; only those are measured at full length. */
const GLANCE = 16_384;
const MOST_AT_FULL_LENGTH = 16;
/** Times below this are mostly the start of a scan, so that a ratio of two says nothing. */
const LEAST_MS = 10;
/** Shorter times are measured more than once. */
const LONG_MS = 500;
const ROUNDS = 3;

const scanner = new ReferenceSkillScanner({ clock: new SystemClock() });
const folder = mkdtempSync(join(tmpdir(), "flynn-bench-repetition-"));
try {
  process.stdout.write(JSON.stringify(await measureAll()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Candidate {
  readonly ruleId: string;
  readonly path: string;
  readonly text: string;
}

async function measureAll(): Promise<Repetition[]> {
  const costs: { readonly candidate: Candidate; readonly ms: number }[] = [];
  for (const candidate of candidates()) costs.push({ candidate, ms: await timeOf(candidate, GLANCE) });
  const costly = costs.toSorted((a, b) => b.ms - a.ms).slice(0, MOST_AT_FULL_LENGTH);
  const measured: Repetition[] = [];
  for (const { candidate } of costly) measured.push(await measureText(candidate));
  return measured;
}

function candidates(): Candidate[] {
  return ruleExamples.flatMap(({ ruleId, path, caught, anchors }) => {
    // With spaces too, so that a pattern that goes on over white space begins at each.
    const texts = new Set([caught, ...anchors, ...anchors.map((anchor) => `${anchor} `)]);
    return [...texts].map((text) => ({ ruleId, path, text }));
  });
}

async function measureText(candidate: Candidate): Promise<Repetition> {
  let single = Infinity;
  let double = Infinity;
  for (let round = 0; round === 0 || (round < ROUNDS && double < LONG_MS); round += 1) {
    single = Math.min(single, await timeOf(candidate, SINGLE));
    double = Math.min(double, await timeOf(candidate, 2 * SINGLE));
  }
  return { ruleId: candidate.ruleId, text: candidate.text.slice(0, 60), ms: double, ratio: double > LEAST_MS ? double / single : null };
}

async function timeOf({ path, text }: Candidate, bytes: number): Promise<number> {
  const root = join(folder, "skill");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  writeFileSync(join(root, "SKILL.md"), "---\nname: repetition\ndescription: One text again and again.\n---\n");
  const name = basename(path) === "SKILL.md" ? "notes.md" : basename(path);
  writeFileSync(join(root, name), text.repeat(Math.ceil(bytes / Buffer.byteLength(text))).slice(0, bytes));
  const start = process.cpuUsage();
  await scanner.scan({ root, phase: "load", limits: { fileBytes: 4 * bytes } });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
