import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { SKILL_FILE } from "../metadata-files.ts";

/** The skill in what was unpacked: all of it, or the one folder that everything is in, as most programs pack a folder. */
export async function skillIn(unpacked: string): Promise<string> {
  const entries = await readdir(unpacked, { withFileTypes: true });
  const [only] = entries;
  const isAround = entries.length === 1 && only !== undefined && only.isDirectory() && only.name !== SKILL_FILE;
  return isAround ? join(unpacked, only.name) : unpacked;
}
