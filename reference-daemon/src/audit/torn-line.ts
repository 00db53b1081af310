import type { AuditFile, AuditFileSystem } from "./audit-file-system.ts";
import { isSystemError } from "./audit-log-error.ts";
import { tornPath } from "./audit-paths.ts";
import type { LogEnd } from "./log-end.ts";
import { writeNewFile } from "./private-file.ts";
import { syncFolder } from "./private-folder.ts";

/** Moves what a crash left of a line out of the log, into a file of its own that is safe on the disk first. */
export async function setAsideTorn(
  fileSystem: AuditFileSystem,
  folder: string,
  file: AuditFile,
  { torn, head, length }: LogEnd,
): Promise<void> {
  if (torn.length === 0) return;
  await writeFirstFree(fileSystem, (copy) => tornPath(folder, (head?.seq ?? 0) + 1, copy), torn);
  await syncFolder(fileSystem, folder);
  await file.truncate(length);
  await file.datasync();
}

async function writeFirstFree(fileSystem: AuditFileSystem, path: (copy: number) => string, content: Buffer): Promise<void> {
  for (let copy = 1; ; copy += 1) {
    try {
      await writeNewFile(fileSystem, path(copy), content);
      return;
    } catch (error) {
      if (!isSystemError(error, "EEXIST")) throw error;
    }
  }
}
