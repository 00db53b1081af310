import { join } from "node:path";

/** One event a line, oldest first. */
export function logPath(folder: string): string {
  return join(folder, "audit.jsonl");
}

/** The checkpoint: how far the log had come. */
export function checkpointPath(folder: string): string {
  return join(folder, "audit.head");
}

/** The key of the checkpoint's mac. */
export function keyPath(folder: string): string {
  return join(folder, "audit.key");
}

/** Who writes the log now. */
export function lockPath(folder: string): string {
  return join(folder, "audit.lock");
}

/** What a crash left of the event that would have had this `seq`; `copy` counts from 1. */
export function tornPath(folder: string, seq: number, copy: number): string {
  return join(folder, `audit.torn-${seq}${copy === 1 ? "" : `-${copy}`}.txt`);
}
