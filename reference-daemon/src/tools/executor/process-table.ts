import { readdirSync, readFileSync } from "node:fs";

/** A process as the kernel tells about it. A pid alone names nobody: together with the start it does. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since the machine started. */
  readonly startTime: number;
  /** It has ended, or is about to and runs no more code. */
  readonly isOver: boolean;
}

const EXITING = 0x4;

/** Undefined where there is no such process, or no `/proc`. */
export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return undefined;
  }
}

/** Every process that this one can see, or undefined where the system has no `/proc`. */
export function listProcesses(): readonly ProcessEntry[] | undefined {
  let names: readonly string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return undefined;
  }
  const entries = names.filter((name) => /^\d+$/u.test(name)).map((name) => readProcess(Number(name)));
  const known = entries.filter((entry) => entry !== undefined);
  return known.length > 0 ? known : undefined;
}

/** Whether the process was started with exactly this variable, `NAME=value`. False where its environment may not be read. */
export function wasStartedWith(pid: number, variable: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}\0`.includes(`\0${variable}\0`);
  } catch {
    return false;
  }
}

/** The name of a program may hold blanks and parentheses, so the fields are counted from the last one. */
export function parseStat(pid: number, text: string): ProcessEntry | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = ""] = fields;
  const [parent, group, session, flags, threads, startTime] = [1, 2, 3, 6, 17, 19].map((at) => Number(fields[at]));
  const numbers = [parent, group, session, flags, threads, startTime];
  if (!numbers.every((value): value is number => Number.isSafeInteger(value))) return undefined;
  const [ppid = 0, pgrp = 0, sid = 0, flagBits = 0, threadCount = 0, start = 0] = numbers;
  // Of a process whose first thread has ended, the others may still run.
  const isOver = (/^[ZXx]/u.test(state) || (flagBits & EXITING) !== 0) && threadCount <= 1;
  return { pid, parent: ppid, group: pgrp, session: sid, startTime: start, isOver };
}
