import { resolve } from "node:path";

import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, AuditEventType, AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFile, AuditFileSystem } from "./audit-file-system.ts";
import { auditLogError, messageOf } from "./audit-log-error.ts";
import { logPath } from "./audit-paths.ts";
import type { CheckpointFile } from "./checkpoint-file.ts";
import { LONGEST_LINE_BYTES, eventLine } from "./event-line.ts";
import { nodeAuditFileSystem } from "./node-audit-file-system.ts";
import { openLogFiles } from "./open-log-files.ts";
import type { LogFiles } from "./open-log-files.ts";
import { makePrivateFolder } from "./private-folder.ts";
import { writeWhole } from "./private-file.ts";
import { WriterLock } from "./writer-lock.ts";

/** What must outlast a power cut before anybody acts on it. */
const SYNCED: ReadonlySet<AuditEventType> = new Set(["elevation.activated", "elevation.revoked", "tool.exec.start"]);

export interface AuditLogOptions {
  /** That of Node where it is left out. */
  readonly fileSystem?: AuditFileSystem;
}

/**
 * The one writer of an audit log: `audit.jsonl` in a folder that is ours alone, one event a line, to which lines are only ever
 * added. A checkpoint beside it, written with every event that must outlast a power cut and on {@link AuditLog.close}, lets
 * `flynn audit verify` notice when the end is cut off; what came after the last checkpoint can be cut off unseen. All of this
 * shows what tools have changed that cannot read `audit.key`; the operator can, and can rewrite everything.
 */
export class AuditLog {
  readonly #fileSystem: AuditFileSystem;
  readonly #path: string;
  readonly #lock: WriterLock;
  readonly #file: AuditFile;
  readonly #checkpoint: CheckpointFile;
  readonly #identity: { readonly dev: bigint; readonly ino: bigint };
  #length: number;
  #head: AuditHead | null;
  #checkpointed: number;
  #unusable: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(fileSystem: AuditFileSystem, path: string, lock: WriterLock, files: LogFiles) {
    this.#fileSystem = fileSystem;
    this.#path = path;
    this.#lock = lock;
    this.#file = files.file;
    this.#checkpoint = files.checkpoint;
    this.#identity = files.identity;
    this.#length = files.length;
    this.#head = files.head;
    this.#checkpointed = files.checkpointed;
  }

  /**
   * Makes the folder and the log where there are none. What a crash left of a line is moved to `audit.torn-<seq>.txt`.
   * Throws a `CodedError` with a code of `AUDIT_LOG_ERROR_CODES`, or what the system said.
   */
  static async open(directory: string, { fileSystem = nodeAuditFileSystem }: AuditLogOptions = {}): Promise<AuditLog> {
    // Without a slash at its end: with one, a link would be followed.
    const folder = resolve(directory);
    await makePrivateFolder(fileSystem, folder);
    const lock = await WriterLock.take(fileSystem, folder);
    try {
      const files = await openLogFiles(fileSystem, folder, () => lock.confirm());
      return new AuditLog(fileSystem, logPath(folder), lock, files);
    } catch (error) {
      await lock.release().catch(() => {});
      throw error;
    }
  }

  /** The last event of the log; null where it has none. */
  get head(): AuditHead | null {
    return this.#head;
  }

  /**
   * Resolves once the line is in the file; for an event that must outlast a power cut, once it does. Where it rejects, the
   * event is not in the log and the next one takes its place; only `UNUSABLE` leaves open what a new {@link AuditLog.open} finds.
   */
  append(event: AuditEvent): Promise<void> {
    return this.#inTurn(() => this.#append(event));
  }

  /** Writes a checkpoint and lets go of the log, the latter even where the former fails. */
  close(): Promise<void> {
    this.#closing ??= this.#inTurn(() => this.#close());
    return this.#closing;
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(step);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #append(event: AuditEvent): Promise<void> {
    if (this.#unusable !== undefined) throw auditLogError("UNUSABLE", this.#unusable);
    const line = this.#lineOf(event);
    await this.#checkAlone();
    const head = { seq: event.seq, hash: event.hash };
    try {
      await writeWhole(this.#file, line, this.#path);
      if (SYNCED.has(event.type)) await this.#secure(head);
    } catch (error) {
      await this.#takeBack(error);
    }
    this.#head = head;
    this.#length += line.length;
  }

  #lineOf(event: AuditEvent): Buffer {
    const line = eventLine(event);
    const isTooLong = line.length > LONGEST_LINE_BYTES;
    const problem = isTooLong ? `it takes more than ${LONGEST_LINE_BYTES} bytes` : verifyChain([event], this.#head)?.problem;
    if (problem === undefined) return line;
    throw auditLogError("OUT_OF_PLACE", `The event cannot go after ${this.#head?.seq ?? 0} in ${this.#path}: ${problem}`);
  }

  /** In this order: a checkpoint that is ahead of its log would say that somebody cut the log. */
  async #secure(head: AuditHead): Promise<void> {
    await this.#file.datasync();
    await this.#checkpoint.write(head);
    this.#checkpointed = head.seq;
  }

  /** Always throws. */
  async #takeBack(failure: unknown): Promise<never> {
    const problem = messageOf(failure);
    try {
      await this.#file.truncate(this.#length);
    } catch (error) {
      this.#unusable = `${this.#path} may end in an event that failed (${problem}) and could not be taken back (${messageOf(error)}). Mend that and start again.`;
      throw auditLogError("UNUSABLE", this.#unusable, { cause: failure });
    }
    throw auditLogError("NOT_WRITTEN", `${this.#path} did not take an event: ${problem}`, { cause: failure });
  }

  /** Whoever else wrote, cut, moved or replaced the file, nothing is added to what they left, and nothing of it is cut off. */
  async #checkAlone(): Promise<void> {
    const { dev, ino } = this.#identity;
    try {
      const facts = await this.#fileSystem.lstat(this.#path);
      if (facts.dev === dev && facts.ino === ino && facts.links === 1 && facts.size === this.#length) return;
      this.#unusable = `Something else than this process changed ${this.#path}. Run flynn audit verify, and start again.`;
    } catch (error) {
      this.#unusable = `${this.#path} cannot be found any more: ${messageOf(error)}. Run flynn audit verify, and start again.`;
    }
    throw auditLogError("UNUSABLE", this.#unusable);
  }

  async #letGo(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      await this.#lock.release();
    }
  }

  async #close(): Promise<void> {
    const isCheckpointDue = this.#unusable === undefined && this.#head !== null && this.#head.seq !== this.#checkpointed;
    this.#unusable ??= `${this.#path} was closed`;
    try {
      if (isCheckpointDue && this.#head) await this.#secure(this.#head);
    } finally {
      await this.#letGo();
    }
  }
}
