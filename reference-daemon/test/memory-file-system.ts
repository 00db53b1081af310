import type { EntryKind, FileStat, ListedName, SkillFileSystem } from "../src/skills/index.ts";

type Node = MemoryFile | MemoryFolder | MemorySpecial;

interface MemoryFile {
  readonly kind: "file";
  readonly content: Buffer;
  /** What the metadata says, where it differs from the content. */
  readonly size?: bigint;
}

interface MemoryFolder {
  readonly kind: "directory";
  readonly names: Map<string, Node>;
}

interface MemorySpecial {
  readonly kind: "link" | "special";
}

/** What a test may do at a call: change the tree, or throw. */
export interface MemoryHooks {
  lstat?(path: string): void;
  open?(path: string): void;
  read?(path: string, count: number): void;
  close?(path: string): void;
  list?(path: string): void;
}

/** A file system that can change, or fail, at a chosen call. Names are Latin-1, so that each byte is one character. */
export class MemoryFileSystem implements SkillFileSystem {
  readonly hooks: MemoryHooks = {};
  readonly opened: string[] = [];
  readonly openNow = new Set<number>();
  listedNames = 0;
  bytesRead = 0;
  readonly #root: MemoryFolder = { kind: "directory", names: new Map() };
  readonly #descriptors = new Map<number, { path: string; node: MemoryFile; position: number; reads: number }>();
  readonly #states = new WeakMap<Node, { ino: bigint; mtimeNs: bigint; nlink: bigint }>();
  #lastNumber = 1n;

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    this.makeFolder("/skill");
    for (const [path, content] of Object.entries(files)) this.write(`/skill/${path}`, content);
  }

  makeFolder(path: string): MemoryFolder {
    let folder = this.#root;
    for (const name of path.split("/").filter(Boolean)) {
      const next = folder.names.get(name) ?? this.#add(folder, name, { kind: "directory", names: new Map() });
      if (next.kind !== "directory") throw new Error(`${path} is not a folder`);
      folder = next;
    }
    return folder;
  }

  write(path: string, content: string | Buffer, size?: bigint): void {
    const node = { kind: "file", content: Buffer.from(content), ...(size === undefined ? {} : { size }) } as const;
    this.put(path, node);
  }

  put(path: string, node: Node): void {
    const [folder, name] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
    this.#add(this.makeFolder(folder), name, node);
  }

  remove(path: string): void {
    const folder = this.makeFolder(path.slice(0, path.lastIndexOf("/")));
    folder.names.delete(path.slice(path.lastIndexOf("/") + 1));
    this.#touch(folder);
  }

  /** Makes the metadata look as if the file had been written to. */
  touch(path: string): void {
    this.#touch(this.#find(path));
  }

  setLinks(path: string, nlink: bigint): void {
    const node = this.#find(path);
    this.#states.set(node, { ...this.#state(node), nlink });
  }

  lstat(path: Buffer): FileStat {
    const text = path.toString("latin1");
    this.hooks.lstat?.(text);
    return this.#stat(this.#find(text));
  }

  open(path: Buffer): number {
    const text = path.toString("latin1");
    this.hooks.open?.(text);
    const node = this.#find(text);
    if (node.kind === "link") throw systemError("ELOOP");
    if (node.kind !== "file") throw new Error(`The scanner opened ${text}, which is no regular file`);
    const descriptor = this.opened.push(text);
    this.openNow.add(descriptor);
    this.#descriptors.set(descriptor, { path: text, node, position: 0, reads: 0 });
    return descriptor;
  }

  fstat(descriptor: number): FileStat {
    return this.#stat(this.#opened(descriptor).node);
  }

  read(descriptor: number, target: Buffer, offset: number, length: number): number {
    const file = this.#opened(descriptor);
    file.reads += 1;
    this.hooks.read?.(file.path, file.reads);
    const current = this.#find(file.path);
    const content = current.kind === "file" ? current.content : file.node.content;
    const count = content.copy(target, offset, file.position, file.position + length);
    file.position += count;
    this.bytesRead += count;
    return count;
  }

  close(descriptor: number): void {
    const { path } = this.#opened(descriptor);
    this.openNow.delete(descriptor);
    this.hooks.close?.(path);
  }

  list(path: Buffer): ReturnType<SkillFileSystem["list"]> {
    const text = path.toString("latin1");
    this.hooks.list?.(text);
    const node = this.#find(text);
    if (node.kind !== "directory") throw systemError("ENOTDIR");
    const descriptor = -1 - this.listedNames;
    this.openNow.add(descriptor);
    const names = node.names.entries();
    return {
      next: (): ListedName | null => {
        const { done, value } = names.next();
        if (done) return null;
        this.listedNames += 1;
        return { name: Buffer.from(value[0], "latin1"), kind: value[1].kind };
      },
      close: () => this.openNow.delete(descriptor),
    };
  }

  #add<Added extends Node>(folder: MemoryFolder, name: string, node: Added): Added {
    folder.names.set(name, node);
    this.#touch(node);
    this.#touch(folder);
    return node;
  }

  #touch(node: Node): void {
    this.#lastNumber += 1n;
    const { ino, nlink } = this.#states.get(node) ?? { ino: this.#lastNumber, nlink: 1n };
    this.#states.set(node, { ino, nlink, mtimeNs: this.#lastNumber });
  }

  #state(node: Node): { ino: bigint; mtimeNs: bigint; nlink: bigint } {
    return this.#states.get(node) ?? { ino: 0n, mtimeNs: 0n, nlink: 1n };
  }

  #stat(node: Node): FileStat {
    const { ino, mtimeNs, nlink } = this.#state(node);
    const size = node.kind === "file" ? (node.size ?? BigInt(node.content.length)) : 0n;
    return { kind: node.kind satisfies EntryKind, dev: 1n, ino, mode: 0o644n, nlink, size, mtimeNs, ctimeNs: mtimeNs };
  }

  #find(path: string): Node {
    let node: Node = this.#root;
    for (const name of path.split("/").filter(Boolean)) {
      const next: Node | undefined = node.kind === "directory" ? node.names.get(name) : undefined;
      if (!next) throw systemError("ENOENT");
      node = next;
    }
    return node;
  }

  #opened(descriptor: number): { path: string; node: MemoryFile; position: number; reads: number } {
    const file = this.#descriptors.get(descriptor);
    if (!file || !this.openNow.has(descriptor)) throw new Error("The scanner used a descriptor that is not open");
    return file;
  }
}

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: as the test said`), { code });
}
