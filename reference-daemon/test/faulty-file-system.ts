import { basename } from "node:path";

import type { AuditFile, AuditFileSystem } from "../src/audit/audit-file-system.ts";
import { nodeAuditFileSystem } from "../src/audit/node-audit-file-system.ts";
import { systemError } from "./memory-file-system.ts";

type Call = "open" | "lstat" | "rename" | "unlink" | "write" | "truncate" | "datasync";

/** The file system of Node, where chosen calls fail. */
export class FaultyFileSystem implements AuditFileSystem {
  /** `<call> <name of the file>`, in the order in which they came. */
  readonly calls: string[] = [];
  readonly #faults = new Map<string, string>();
  #shortWrite: { readonly name: string; readonly bytes: number } | undefined;

  /** Every such call fails until {@link heal}. */
  fail(call: Call, name: string, code: string): void {
    this.#faults.set(`${call} ${name}`, code);
  }

  /** Until {@link heal}, a write to the file takes that many bytes at most. */
  writeShort(name: string, bytes: number): void {
    this.#shortWrite = { name, bytes };
  }

  heal(): void {
    this.#faults.clear();
    this.#shortWrite = undefined;
  }

  async open(path: string, flags: number, mode?: number): Promise<AuditFile> {
    this.#enter("open", path);
    const file = await nodeAuditFileSystem.open(path, flags, mode);
    return {
      ...file,
      write: async (bytes) => {
        this.#enter("write", path);
        const most = this.#shortWrite?.name === basename(path) ? this.#shortWrite.bytes : bytes.length;
        return await file.write(bytes.subarray(0, most));
      },
      truncate: async (length) => {
        this.#enter("truncate", path);
        await file.truncate(length);
      },
      datasync: async () => {
        this.#enter("datasync", path);
        await file.datasync();
      },
    };
  }

  async lstat(path: string): ReturnType<AuditFileSystem["lstat"]> {
    this.#enter("lstat", path);
    return await nodeAuditFileSystem.lstat(path);
  }

  async makeFolder(path: string, mode: number): Promise<void> {
    await nodeAuditFileSystem.makeFolder(path, mode);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#enter("rename", to);
    await nodeAuditFileSystem.rename(from, to);
  }

  async unlink(path: string): Promise<void> {
    this.#enter("unlink", path);
    await nodeAuditFileSystem.unlink(path);
  }

  #enter(call: Call, path: string): void {
    const entry = `${call} ${basename(path)}`;
    this.calls.push(entry);
    const code = this.#faults.get(entry);
    if (code !== undefined) throw systemError(code);
  }
}
