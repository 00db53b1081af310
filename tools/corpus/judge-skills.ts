import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Answer } from "./outcome.ts";
import type { ScannerProcess } from "./scanner-process.ts";

export interface JudgedSkill {
  readonly name: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

/** Every folder right below that holds a SKILL.md. */
export async function judgeSkills(folder: string, scanners: readonly ScannerProcess[]): Promise<JudgedSkill[]> {
  const names = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "SKILL.md")))
    .toSorted();
  const judged: JudgedSkill[] = [];
  for (const name of names) {
    const answers: Record<string, Answer> = {};
    for (const process of scanners) {
      if (process.scanner.families !== undefined) continue;
      answers[process.scanner.name] = await process.judge({ root: resolve(folder, name), phase: "install" });
    }
    judged.push({ name, answers });
  }
  return judged;
}
