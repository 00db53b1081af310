import { basename, join, relative, resolve } from "node:path";

import type { Finding } from "@flynn/sdk/skill-scanner";

import { findSkills } from "../skills/batch/find-skills.ts";
import type { SkillToScan } from "../skills/batch/skill-batch.ts";
import type { Pacing } from "../skills/pacing.ts";
import type { SkillFileSystem } from "../skills/tree/file-system.ts";

/** A skill that the command line asks for. */
export interface ScanTarget extends SkillToScan {
  /** As a report names it: what was given, and the way from there. */
  readonly folder: string;
  /** Why it cannot even be scanned. */
  readonly problem: Finding | null;
}

/** The folders as they were given, each a skill. */
export function givenTargets(folders: readonly string[], cwd: string): ScanTarget[] {
  return folders.map((folder) => targetAt(folder, resolve(cwd, folder), null));
}

/** The skills in the folders, each once. */
export async function foundTargets(
  folders: readonly string[],
  { cwd, fileSystem, pacing, signal }: { cwd: string; fileSystem: SkillFileSystem; pacing: Pacing; signal: AbortSignal },
): Promise<ScanTarget[]> {
  const found = new Map<string, ScanTarget>();
  for (const folder of folders) {
    const start = resolve(cwd, folder);
    for (const { root, problem } of await pacing.run(findSkills(fileSystem, start), signal)) {
      const label = root === start ? folder : join(folder, relative(start, root));
      // Two names that are not UTF-8 can look the same, and each has its problem.
      if (problem !== null || !found.has(root))
        found.set(problem === null ? root : `${root}\0${found.size}`, targetAt(label, root, problem));
    }
  }
  return [...found.values()];
}

function targetAt(folder: string, root: string, problem: Finding | null): ScanTarget {
  return { folder, root, skillName: basename(root), problem };
}
