import { resolve } from "node:path";

import type { AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFile, AuditFileSystem } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";
import { logPath } from "./audit-paths.ts";
import { nodeAuditFileSystem } from "./node-audit-file-system.ts";
import { openForReading } from "./private-file.ts";
import { readChain } from "./read-chain.ts";
import type { ReadChain } from "./read-chain.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import type { FoundCheckpoint } from "./read-checkpoint.ts";

/**
 * - `intact`: every event is there, at least up to the checkpoint, and none was changed.
 * - `broken`: `line`, which counts from 1, is the first that is not what the log wrote; null where it is the checkpoint.
 * - `truncated`: what is there was not changed, and the end is missing. `events` are there; `expectedSeq` should be.
 */
export type LogVerdict =
  | { readonly status: "intact"; readonly events: number; readonly head: AuditHead | null }
  | { readonly status: "broken"; readonly line: number | null; readonly problem: string }
  | { readonly status: "truncated"; readonly events: number; readonly expectedSeq: number; readonly problem: string };

/**
 * Reads the whole log, line by line in bounded memory, and changes nothing; also while it is being written. Throws `MISSING`
 * where there is no log and never was one. A log that was removed with its checkpoint and key is not told from that.
 */
export async function verifyLog(
  directory: string,
  { fileSystem = nodeAuditFileSystem }: { readonly fileSystem?: AuditFileSystem } = {},
): Promise<LogVerdict> {
  const folder = resolve(directory);
  // Before the log, which is only ever ahead of it.
  const found = await readCheckpoint(folder, (path) => openForReading(fileSystem, path));
  const file = await openLog(fileSystem, logPath(folder));
  if (!file) return verdictWithoutLog(folder, found);
  try {
    const isNew = found.kind === "useless" && found.mayBeNew && (await file.stat()).size === 0;
    if (isNew) throw missing(folder);
    return verdictOf(await readChain(file, found.kind === "genuine" ? found.checkpoint : undefined), found);
  } finally {
    await file.close();
  }
}

async function openLog(fileSystem: AuditFileSystem, path: string): Promise<AuditFile | undefined> {
  try {
    return await openForReading(fileSystem, path);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

function verdictWithoutLog(folder: string, found: FoundCheckpoint): LogVerdict {
  if (found.kind === "useless" && found.isNothingThere) throw missing(folder);
  const expectedSeq = found.kind === "genuine" ? Math.max(found.checkpoint.seq, 1) : 1;
  return { status: "truncated", events: 0, expectedSeq, problem: "audit.jsonl was removed" };
}

function verdictOf({ head, isTorn, broken }: ReadChain, found: FoundCheckpoint): LogVerdict {
  if (broken) return { status: "broken", ...broken };
  if (found.kind === "useless") return { status: "broken", line: null, problem: found.problem };
  const events = head?.seq ?? 0;
  const expectedSeq = Math.max(found.checkpoint.seq, events + 1);
  if (events < found.checkpoint.seq) {
    return {
      status: "truncated",
      events,
      expectedSeq,
      problem: `it ends at ${events} and had come to ${expectedSeq}: its end was cut off`,
    };
  }
  return isTorn ? { status: "truncated", events, expectedSeq, problem: TORN } : { status: "intact", events, head };
}

const TORN = "its last line has no end: a crash or somebody cut it; where it was a crash, the next start of the daemon moves it aside";

function missing(folder: string): Error {
  return auditLogError("MISSING", `There is no audit log in ${folder}`);
}
