import { locationOf } from "../loading/scanned-bytes.ts";
import { skillDocument } from "../loading/skill-document.ts";
import { SKILL_FILE } from "../metadata-files.ts";
import { runAtOnce } from "../run-at-once.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import { errorCode } from "../tree/file-trouble.ts";
import { readFile } from "../tree/read-file.ts";

/**
 * The name under which a skill would be installed, which the scanner is told; null where there is none. Nothing rests on it until
 * the name in the bytes that were scanned is the same.
 */
export function nameBeforeScan(fileSystem: SkillFileSystem, root: string, mostBytes: number): string | null {
  const location = locationOf(root, SKILL_FILE);
  try {
    const stat = fileSystem.lstat(location);
    if (stat.kind !== "file" || stat.size > BigInt(mostBytes)) return null;
    const bytes = runAtOnce(readFile(fileSystem, { path: SKILL_FILE, location, stat }));
    return Buffer.isBuffer(bytes) ? (skillDocument(bytes)?.name ?? null) : null;
  } catch (error) {
    // Throws what is not the file system's.
    errorCode(error);
    return null;
  }
}
