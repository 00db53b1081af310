import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY_FOLDER = "/dev/shm";
const TMPFS_MAGIC = 0x01_02_19_94;
/** More than all cases of a contract need at once. Bytes. */
const ENOUGH_SPACE = 512 * 1024 * 1024;

/**
 * Where cases build what they show to a subject: `TMPDIR` where it is set, else a file system in memory where there is one.
 * Cases make and remove thousands of small files, which takes a disk most of the time of a run.
 */
export function temporaryRoot(): string {
  return (root ??= process.env["TMPDIR"] === undefined && isMemoryFolderGood() ? MEMORY_FOLDER : tmpdir());
}

let root: string | undefined;

/** Writable, roomy, really in memory, and one from which programs may be run, as some cases do. */
function isMemoryFolderGood(): boolean {
  try {
    if (process.platform !== "linux" || !existsSync(MEMORY_FOLDER)) return false;
    accessSync(MEMORY_FOLDER, constants.R_OK | constants.W_OK | constants.X_OK);
    const { type, bavail, bsize } = statfsSync(MEMORY_FOLDER);
    return type === TMPFS_MAGIC && bavail * bsize >= ENOUGH_SPACE && !isMountedNoexec(readFileSync("/proc/mounts", "utf8"));
  } catch {
    return false;
  }
}

function isMountedNoexec(mounts: string): boolean {
  const options = mounts
    .split("\n")
    .map((line) => line.split(" "))
    .findLast(([, folder]) => folder === MEMORY_FOLDER)?.[3];
  return options === undefined || options.split(",").includes("noexec");
}
