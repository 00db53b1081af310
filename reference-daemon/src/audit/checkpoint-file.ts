import { randomBytes } from "node:crypto";

import type { AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFileSystem } from "./audit-file-system.ts";
import { checkpointPath, keyPath } from "./audit-paths.ts";
import { KEY_BYTES, checkpointText } from "./checkpoint.ts";
import { replacePrivateFile } from "./private-file.ts";

/**
 * Says, outside of the log, how far the log has come, so that its end cannot be cut off unseen. The mac guards against tools
 * that can write in the folder and cannot read `audit.key`. It does not guard against the operator, or anybody else who reads
 * the key: they can cut the log and write a checkpoint that fits.
 */
export class CheckpointFile {
  readonly #fileSystem: AuditFileSystem;
  readonly #folder: string;
  readonly #key: Buffer;

  constructor(fileSystem: AuditFileSystem, folder: string, key: Buffer) {
    this.#fileSystem = fileSystem;
    this.#folder = folder;
    this.#key = key;
  }

  /** With a new key, for a log without events. */
  static async make(fileSystem: AuditFileSystem, folder: string): Promise<CheckpointFile> {
    const key = randomBytes(KEY_BYTES);
    const made = new CheckpointFile(fileSystem, folder, key);
    await made.write(null);
    await replacePrivateFile(fileSystem, keyPath(folder), key);
    return made;
  }

  /** The new checkpoint is there as a whole, or the old one still is. */
  async write(head: AuditHead | null): Promise<void> {
    await replacePrivateFile(this.#fileSystem, checkpointPath(this.#folder), Buffer.from(checkpointText(this.#key, head)));
  }
}
