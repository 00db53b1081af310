import { readFile } from "node:fs/promises";
import process from "node:process";

/** Counted from the `state` after the name, which may hold spaces and brackets itself; see proc_pid_stat(5). */
const START_TIME_FIELD = 19;

/** Tells a process from a later one with the same id, where the system says when processes started; null where it does not. */
export async function processStart(pid: number): Promise<string | null> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[START_TIME_FIELD];
    return ticks === undefined ? null : `${boot.trim()}/${ticks}`;
  } catch {
    return null;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything but ESRCH, such as EPERM for a process of somebody else, says that there is one.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
