import { constants } from "node:fs";

import type { AuditFile, AuditFileSystem, FileFacts } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";

const FOR_US_ALONE = 0o600;

/** No link is followed, no FIFO is waited for, and no terminal becomes ours. */
const SAFE = constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Opens what is there; throws `UNSAFE` where it is not a file that is ours alone. */
export async function openPrivateFile(fileSystem: AuditFileSystem, path: string, flags: number): Promise<AuditFile> {
  return await openChecked(fileSystem, path, flags, privacyProblem);
}

/** Makes the file, 0600; fails with EEXIST where anything has the name, a link included. */
export async function createPrivateFile(fileSystem: AuditFileSystem, path: string, flags: number): Promise<AuditFile> {
  return await openChecked(fileSystem, path, flags | constants.O_CREAT | constants.O_EXCL, privacyProblem);
}

/** Opens for reading what may have been copied here by anybody, but is a file and no link. */
export async function openForReading(fileSystem: AuditFileSystem, path: string): Promise<AuditFile> {
  return await openChecked(fileSystem, path, constants.O_RDONLY, kindProblem);
}

/** The new content is there as a whole, 0600 and outlasting a power cut, or the old one still is. */
export async function replacePrivateFile(fileSystem: AuditFileSystem, path: string, content: Uint8Array): Promise<void> {
  const draft = `${path}.new`;
  await unlinkIfThere(fileSystem, draft);
  await writeNewFile(fileSystem, draft, content);
  try {
    await fileSystem.rename(draft, path);
  } catch (error) {
    await unlinkIfThere(fileSystem, draft).catch(() => {});
    throw error;
  }
}

/** Fails with EEXIST where anything has the name; leaves nothing behind where the content does not fit. */
export async function writeNewFile(fileSystem: AuditFileSystem, path: string, content: Uint8Array): Promise<void> {
  const file = await createPrivateFile(fileSystem, path, constants.O_WRONLY);
  try {
    await writeWhole(file, content, path);
    await file.datasync();
  } catch (error) {
    await unlinkIfThere(fileSystem, path).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/** All of it in one write, or an error. */
export async function writeWhole(file: AuditFile, content: Uint8Array, path: string): Promise<void> {
  const taken = await file.write(content);
  if (taken !== content.length) throw new Error(`${path} took ${taken} of ${content.length} bytes; the disk may be full`);
}

export async function unlinkIfThere(fileSystem: AuditFileSystem, path: string): Promise<void> {
  try {
    await fileSystem.unlink(path);
  } catch (error) {
    if (!isSystemError(error, "ENOENT")) throw error;
  }
}

async function openChecked(
  fileSystem: AuditFileSystem,
  path: string,
  flags: number,
  problemOf: (facts: FileFacts, path: string) => string | undefined,
): Promise<AuditFile> {
  const file = await openItself(fileSystem, path, flags);
  try {
    const problem = problemOf(await file.stat(), path);
    if (problem !== undefined) throw auditLogError("UNSAFE", `${path} ${problem}`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openItself(fileSystem: AuditFileSystem, path: string, flags: number): Promise<AuditFile> {
  try {
    return await fileSystem.open(path, flags | SAFE, FOR_US_ALONE);
  } catch (error) {
    if (!isSystemError(error, "ELOOP")) throw error;
    throw auditLogError("UNSAFE", `${path} is a symbolic link. Find out who put it there, and put the file itself in its place.`, {
      cause: error,
    });
  }
}

function kindProblem({ kind }: FileFacts): string | undefined {
  return kind === "file" ? undefined : "is not a regular file. Find out who put it there, and move it away.";
}

function privacyProblem(facts: FileFacts, path: string): string | undefined {
  const { links, isOurs, mode } = facts;
  const problem = kindProblem(facts);
  if (problem !== undefined) return problem;
  if (links > 1) return `has ${links} names (hard links), so that it can be changed under another. Remove the others.`;
  if (!isOurs) return "belongs to another user. Run as that user, or name another folder.";
  if (mode === FOR_US_ALONE) return undefined;
  return `has the mode ${mode.toString(8).padStart(4, "0")} and must have 0600. Look at who could have changed it, then run: chmod 600 ${path}`;
}
