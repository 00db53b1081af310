import { constants } from "node:fs";

import type { AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFile, AuditFileSystem } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";
import { logPath } from "./audit-paths.ts";
import { CheckpointFile } from "./checkpoint-file.ts";
import { readLogEnd } from "./log-end.ts";
import { createPrivateFile, openPrivateFile } from "./private-file.ts";
import { syncFolder } from "./private-folder.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { setAsideTorn } from "./torn-line.ts";

/** A log that can be gone on with. */
export interface LogFiles {
  readonly file: AuditFile;
  readonly identity: { readonly dev: bigint; readonly ino: bigint };
  /** In bytes. */
  readonly length: number;
  readonly head: AuditHead | null;
  readonly checkpoint: CheckpointFile;
  /** The `seq` that the checkpoint has. */
  readonly checkpointed: number;
}

/** Every write goes to the end, wherever the end is. */
const FLAGS = constants.O_RDWR | constants.O_APPEND;

/** Nothing is changed before `confirm` resolves, nor where the log cannot be gone on with. */
export async function openLogFiles(fileSystem: AuditFileSystem, folder: string, confirm: () => Promise<void>): Promise<LogFiles> {
  const found = await readCheckpoint(folder, (path) => openPrivateFile(fileSystem, path, constants.O_RDONLY));
  await confirm();
  const file = await openLogFile(fileSystem, folder, found.kind === "useless" && found.mayBeNew);
  try {
    const { dev, ino, size } = await file.stat();
    const identity = { dev, ino };
    if (found.kind === "useless") {
      if (size > 0 || !found.mayBeNew) throw damaged(folder, found.problem);
      const made = await CheckpointFile.make(fileSystem, folder);
      await syncFolder(fileSystem, folder);
      return { file, identity, length: 0, head: null, checkpoint: made, checkpointed: 0 };
    }
    const end = await readLogEnd(file, size, found.checkpoint);
    if (typeof end === "string") throw damaged(folder, end);
    await setAsideTorn(fileSystem, folder, file, end);
    const checkpoint = new CheckpointFile(fileSystem, folder, found.key);
    return { file, identity, length: end.length, head: end.head, checkpoint, checkpointed: found.checkpoint.seq };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A log whose file is gone is not begun anew: that would hide that it is gone. */
async function openLogFile(fileSystem: AuditFileSystem, folder: string, mayBeNew: boolean): Promise<AuditFile> {
  const path = logPath(folder);
  try {
    return await openPrivateFile(fileSystem, path, FLAGS);
  } catch (error) {
    if (!isSystemError(error, "ENOENT")) throw error;
    if (!mayBeNew) throw damaged(folder, "it was removed");
    return await createPrivateFile(fileSystem, path, FLAGS);
  }
}

function damaged(folder: string, problem: string): Error {
  return auditLogError(
    "DAMAGED",
    `The audit log ${logPath(folder)} cannot be gone on with: ${problem}. Run flynn audit verify --dir ${folder}. ` +
      "To begin a new log, move the whole folder away and keep it.",
  );
}
