import { constants } from "node:fs";

import type { AuditFileSystem, FileFacts } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";

const FOR_US_ALONE = 0o700;
const ANYONE_ELSE = 0o077;

/** Makes the folder, 0700, where there is none; throws `UNSAFE` where somebody else could get at what is in it. */
export async function makePrivateFolder(fileSystem: AuditFileSystem, path: string): Promise<void> {
  const facts = (await factsOf(fileSystem, path)) ?? (await made(fileSystem, path));
  const problem = folderProblem(facts, path);
  if (problem !== undefined) throw auditLogError("UNSAFE", `${path}, the folder of the audit log, ${problem}`);
}

/** Makes names that were added to the folder outlast a power cut. */
export async function syncFolder(fileSystem: AuditFileSystem, path: string): Promise<void> {
  const folder = await fileSystem.open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await folder.datasync();
  } finally {
    await folder.close();
  }
}

async function factsOf(fileSystem: AuditFileSystem, path: string): Promise<FileFacts | undefined> {
  try {
    return await fileSystem.lstat(path);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function made(fileSystem: AuditFileSystem, path: string): Promise<FileFacts> {
  await fileSystem.makeFolder(path, FOR_US_ALONE);
  return await fileSystem.lstat(path);
}

function folderProblem({ kind, isOurs, mode }: FileFacts, path: string): string | undefined {
  if (kind === "link") return "is a symbolic link. Name the folder that it leads to, or replace the link by a folder.";
  if (kind !== "folder") return "is not a folder. Move it away, or name another folder.";
  if (!isOurs) return "belongs to another user. Run as that user, or name a folder of your own.";
  if ((mode & ANYONE_ELSE) === 0) return undefined;
  return `has the mode ${octal(mode)}, so that others get at it. Run: chmod 700 ${path}`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
