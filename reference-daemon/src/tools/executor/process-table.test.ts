import process from "node:process";

import { expect, test } from "vitest";

import { listProcesses, parseStat, readProcess, wasStartedWith } from "./process-table.ts";

function statOf(name: string, { state = "S", flags = 0, threads = 1 } = {}): string {
  return `5 (${name}) ${state} 7 8 9 0 -1 ${flags} ${"0 ".repeat(10)}${threads} 0 4242 0 0`;
}

test.each(["a", "a b", "a) S 1 1 1 (x", ")", "a ) R 1 (b)", "a\nb"])("a process whose program is called %j is read", (name) => {
  expect(parseStat(5, statOf(name))).toEqual({ pid: 5, parent: 7, group: 8, session: 9, startTime: 4242, isOver: false });
});

test("what is no such line is no process", () => {
  expect(parseStat(5, "")).toBeUndefined();
  expect(parseStat(5, "5 (a) S 7 8")).toBeUndefined();
});

test("a process is over once it runs no code, and not while another of its threads does", () => {
  expect(parseStat(5, statOf("a", { state: "Z" }))?.isOver).toBe(true);
  expect(parseStat(5, statOf("a", { flags: 0x4 }))?.isOver).toBe(true);
  expect(parseStat(5, statOf("a", { state: "Z", threads: 2 }))?.isOver).toBe(false);
});

test("this process is in the list, as it is by itself, and its environment is that with which it was started", () => {
  const own = readProcess(process.pid);
  expect(own).toMatchObject({ pid: process.pid, parent: process.ppid, isOver: false });
  expect(listProcesses()?.find(({ pid }) => pid === process.pid)?.startTime).toBe(own?.startTime);
  expect(wasStartedWith(process.pid, "FLYNN_LEASE=none")).toBe(false);
});
