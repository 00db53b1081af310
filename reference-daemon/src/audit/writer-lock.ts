import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import process from "node:process";

import * as z from "zod";

import type { AuditFileSystem } from "./audit-file-system.ts";
import { auditLogError, isSystemError } from "./audit-log-error.ts";
import { lockPath } from "./audit-paths.ts";
import { openPrivateFile, unlinkIfThere, writeNewFile } from "./private-file.ts";
import { isRunning, processStart } from "./process-start.ts";
import { readSmall } from "./read-file.ts";

const holderSchema = z.strictObject({ pid: z.int().min(1), start: z.string().nullable(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

const LONGEST_LOCK_BYTES = 1_024;
const MOST_ATTEMPTS = 5;

/**
 * `audit.lock` names the one process that writes the log. A lock whose process is gone is taken over. Processes that cannot
 * see each other, such as those of two containers, are not kept apart by it; the log notices what others wrote.
 */
export class WriterLock {
  readonly #fileSystem: AuditFileSystem;
  readonly #path: string;
  readonly #token: string;

  private constructor(fileSystem: AuditFileSystem, path: string, token: string) {
    this.#fileSystem = fileSystem;
    this.#path = path;
    this.#token = token;
  }

  /** Throws `LOCKED` where another process writes the log, or this one does already. */
  static async take(fileSystem: AuditFileSystem, folder: string): Promise<WriterLock> {
    const path = lockPath(folder);
    const holder: Holder = { pid: process.pid, start: await processStart(process.pid), token: randomUUID() };
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      if (await isMade(fileSystem, path, holder)) return new WriterLock(fileSystem, path, holder.token);
      const other = await readHolder(fileSystem, path);
      if (other === "gone") continue;
      if (other === "unreadable") {
        throw auditLogError("LOCKED", `${path} does not say which process holds it. If no other flynn runs, remove it.`);
      }
      if (await isAlive(other)) throw auditLogError("LOCKED", heldBy(other, path));
      await unlinkIfThere(fileSystem, path);
    }
    throw auditLogError("LOCKED", `${path} is taken by one process after another. See which of them should write the audit log.`);
  }

  /** Throws `LOCKED` where another process took over a stale lock in the same moment. */
  async confirm(): Promise<void> {
    if (await this.#isOurs()) return;
    throw auditLogError("LOCKED", `Another process took ${this.#path} at the same time. Start one of them again.`);
  }

  async release(): Promise<void> {
    if (await this.#isOurs()) await unlinkIfThere(this.#fileSystem, this.#path);
  }

  async #isOurs(): Promise<boolean> {
    const holder = await readHolder(this.#fileSystem, this.#path);
    return typeof holder === "object" && holder.token === this.#token;
  }
}

async function isMade(fileSystem: AuditFileSystem, path: string, holder: Holder): Promise<boolean> {
  try {
    await writeNewFile(fileSystem, path, Buffer.from(`${JSON.stringify(holder)}\n`));
    return true;
  } catch (error) {
    if (isSystemError(error, "EEXIST")) return false;
    throw error;
  }
}

async function readHolder(fileSystem: AuditFileSystem, path: string): Promise<Holder | "gone" | "unreadable"> {
  try {
    const file = await openPrivateFile(fileSystem, path, constants.O_RDONLY);
    try {
      const content = await readSmall(file, LONGEST_LOCK_BYTES);
      return holderFrom(content?.toString("utf8") ?? "");
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return "gone";
    throw error;
  }
}

function holderFrom(text: string): Holder | "unreadable" {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? "unreadable";
  } catch {
    return "unreadable";
  }
}

/** The id of a process is given out again, after a restart of a container or the machine sooner than not. */
async function isAlive({ pid, start }: Holder): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const startNow = await processStart(pid);
  return start === null || startNow === null || start === startNow;
}

function heldBy({ pid }: Holder, path: string): string {
  const who = pid === process.pid ? `process ${pid}, which is this one` : `process ${pid}`;
  return `The audit log is already written by ${who} (${path}). Stop it first, or name another folder.`;
}
