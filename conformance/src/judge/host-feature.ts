/** What a case may need of the machine that the suite runs on. `host-features.ts` finds out what is there. */
export type HostFeature =
  | "symbolic-links"
  | "hard-links"
  | "fifo"
  | "unix-sockets"
  | "device-nodes"
  | "byte-file-names"
  | "case-sensitive-names"
  | "permissions"
  | "access-times"
  | "sparse-files";
