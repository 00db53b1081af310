import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { FeatureMissing, buildSkill, seededRandom } from "@flynn/fixtures/skills";
import type { SkillFixture } from "@flynn/fixtures/skills";

import type { Answer } from "./outcome.ts";
import type { ScannerProcess } from "./scanner-process.ts";

export interface JudgedFixture {
  readonly id: string;
  readonly family: string;
  readonly kind: "benign" | "hostile";
  readonly technique: string;
  /** What a scanner owes a hostile one. */
  readonly due: "reject" | "warn" | null;
  /** By the scanner's name; without the ones that are not made for the family. */
  readonly answers: Readonly<Record<string, Answer>>;
}

export interface Judged {
  readonly fixtures: readonly JudgedFixture[];
  /** Fixtures that this machine cannot make, with what it lacks. */
  readonly notBuilt: readonly string[];
}

/** Builds each fixture once and shows it to every scanner in turn. */
export async function judgeFixtures(
  fixtures: readonly SkillFixture[],
  scanners: readonly ScannerProcess[],
  seed: string,
  tell: (id: string) => void,
): Promise<Judged> {
  const judged: JudgedFixture[] = [];
  const notBuilt: string[] = [];
  for (const fixture of fixtures) {
    tell(fixture.id);
    if (fixture.requires.includes("permissions") && process.getuid?.() === 0) {
      notBuilt.push(`${fixture.id} (nothing is closed to root)`);
      continue;
    }
    try {
      judged.push(await judgeFixture(fixture, scanners, seed));
    } catch (error) {
      if (!(error instanceof FeatureMissing)) throw error;
      notBuilt.push(`${fixture.id} (${error.feature})`);
    }
  }
  return { fixtures: judged, notBuilt };
}

async function judgeFixture(fixture: SkillFixture, scanners: readonly ScannerProcess[], seed: string): Promise<JudgedFixture> {
  using directory = mkdtempDisposableSync(join(tmpdir(), "flynn-corpus-"));
  const skill = await buildSkill(fixture, {
    random: seededRandom(`${seed} ${fixture.id}`),
    directory: directory.path,
    values: { sentinel: join(directory.path, "sentinel") },
  });
  try {
    const { id, family, kind, technique, expect } = fixture;
    const answers: Record<string, Answer> = {};
    for (const running of scanners) {
      const { name, families } = running.scanner;
      if (families === undefined || families.includes(family)) answers[name] = await running.judge(skill.request);
    }
    return { id, family, kind, technique, due: expect.verdict ?? null, answers };
  } finally {
    await skill[Symbol.asyncDispose]();
  }
}
