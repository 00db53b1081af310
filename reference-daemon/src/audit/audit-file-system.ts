/** What the audit log asks of the file system. A test can make any of it fail. */
export interface AuditFileSystem {
  /** `flags` are those of open(2). Never follows a link at the end of the path where they say so. */
  open(path: string, flags: number, mode?: number): Promise<AuditFile>;
  /** About the entry itself, never about what a link leads to. */
  lstat(path: string): Promise<FileFacts>;
  /** With the folders above it. Does nothing where there is one. */
  makeFolder(path: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export interface AuditFile {
  stat(): Promise<FileFacts>;
  /** How many bytes it could read from `position`; 0 at the end of the file. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** One write(2): how many bytes it took, which may be fewer than there are. */
  write(bytes: Uint8Array): Promise<number>;
  truncate(length: number): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileFacts {
  readonly kind: "file" | "folder" | "link" | "special";
  readonly dev: bigint;
  readonly ino: bigint;
  readonly links: number;
  /** In bytes. */
  readonly size: number;
  /** The permission bits alone, with those for setuid, setgid and sticky. */
  readonly mode: number;
  /** Whether the user that this process acts as owns it. */
  readonly isOurs: boolean;
}
