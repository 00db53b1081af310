import { resolve } from "node:path";

import type { AuditEvent } from "@flynn/sdk/elevation-gate";

import type { AuditFile, AuditFileSystem } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";
import { logPath } from "./audit-paths.ts";
import { readEventLine } from "./event-line.ts";
import { linesFromEnd } from "./lines-from-end.ts";
import { nodeAuditFileSystem } from "./node-audit-file-system.ts";
import { openForReading } from "./private-file.ts";

/** A line of the log: the event that it says, or its text and why it says none. The text is as it was found. */
export type TailEntry = { readonly event: AuditEvent } | { readonly text: string; readonly problem: string };

/**
 * The last `count` lines, oldest first, without reading what is before them. Says nothing about the chain; that is for
 * `verifyLog`. Throws `MISSING` where there is no log.
 */
export async function tailLog(
  directory: string,
  count: number,
  { fileSystem = nodeAuditFileSystem }: { readonly fileSystem?: AuditFileSystem } = {},
): Promise<TailEntry[]> {
  const file = await openLog(fileSystem, resolve(directory));
  try {
    const { size } = await file.stat();
    const entries: TailEntry[] = [];
    for await (const { bytes, isWhole } of linesFromEnd(file, size)) {
      if (entries.length >= count) break;
      entries.push(entryOf(bytes, isWhole));
    }
    return entries.toReversed();
  } finally {
    await file.close();
  }
}

async function openLog(fileSystem: AuditFileSystem, folder: string): Promise<AuditFile> {
  try {
    return await openForReading(fileSystem, logPath(folder));
  } catch (error) {
    if (isSystemError(error, "ENOENT")) throw auditLogError("MISSING", `There is no audit log in ${folder}`);
    throw error;
  }
}

function entryOf(bytes: Buffer, isWhole: boolean): TailEntry {
  const read = isWhole ? readEventLine(bytes) : { problem: "it has no end" };
  return "event" in read ? read : { text: bytes.toString("utf8"), problem: read.problem };
}
