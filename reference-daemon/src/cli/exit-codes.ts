/** What every `flynn` command means by its exit status. */
export const EXIT = {
  ok: 0,
  /** `skills scan`: a skill is rejected, or has warnings with `--fail-on warn`. `skills install`: it may not be installed. */
  rejected: 1,
  /** An unknown command or option, a value that makes no sense, or a policy file that is none. `skills scan`: a cache that is not safe to believe. */
  usage: 2,
  /** `skills`: something is missing, cannot be read, or changed meanwhile, so that there is no verdict to trust. */
  couldNotScan: 3,
  /** `audit verify`: a line of the log, or its checkpoint, is not what the log wrote. The number is that of `usage` too; stderr tells them apart. */
  auditBroken: 2,
  /** `audit verify`: the end of the log is missing. */
  auditTruncated: 3,
  /** A fault of `flynn` itself or of the machine, such as a full disk. `skills scan`: the cache cannot be written; the report is. */
  fault: 4,
  interrupted: 130,
} as const;
