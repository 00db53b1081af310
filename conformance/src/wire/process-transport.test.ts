import { existsSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { ProcessTransport } from "./process-transport.ts";
import type { ExitStatus } from "./transport.ts";

const SPAWN = 'const { spawn } = require("node:child_process");';

interface Ran {
  readonly transport: ProcessTransport;
  readonly lines: string[];
  readonly errors: string[];
  readonly exits: ExitStatus[];
}

async function run(script: string): Promise<Ran> {
  const transport = await ProcessTransport.start({ command: process.execPath, args: ["-e", script], environment: { FLYNN_TEST: "on" } });
  const ran: Ran = { transport, lines: [], errors: [], exits: [] };
  transport.listen({
    line: (line) => ran.lines.push(line),
    stderr: (text) => ran.errors.push(text),
    exit: (status) => ran.exits.push(status),
  });
  return ran;
}

/** A killed process may take a moment to be gone, and stays as a zombie where nobody asks after it. */
async function hasEnded(id: number): Promise<boolean> {
  for (let turn = 0; turn < 100; turn += 1) {
    if ([undefined, "Z", "X"].includes(stateOf(id))) return true;
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
  return false;
}

function stateOf(id: number): string | undefined {
  try {
    process.kill(id, 0);
    if (!existsSync("/proc")) return "S";
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0];
  } catch {
    return undefined;
  }
}

test.concurrent("lines go both ways, stderr is text, and the exit is told once", async () => {
  const script = `process.stdin.on("data", (chunk) => process.stdout.write("got " + chunk)); process.stdin.on("end", () => { process.stderr.write("bye ✓"); process.exitCode = 3; });`;
  const { transport, lines, errors, exits } = await run(script);
  transport.send("a");
  transport.endInput();
  expect(await transport.exited).toEqual({ code: 3, signal: null, leftOrphan: false });
  expect(lines).toEqual(["got a"]);
  expect(errors.join("")).toBe("bye ✓");
  expect(exits).toHaveLength(1);
});

test.concurrent("what came before anybody listened is not lost", async () => {
  const transport = await ProcessTransport.start({
    command: process.execPath,
    args: ["-e", 'console.log(process.env.FLYNN_TEST ?? "early")'],
  });
  await transport.exited;
  const lines: string[] = [];
  transport.listen({ line: (line) => lines.push(line), stderr: () => undefined, exit: () => lines.push("exit") });
  expect(lines).toEqual(["early", "exit"]);
});

test.concurrent("a command that is not there is refused with the system's reason", async () => {
  await expect(ProcessTransport.start({ command: "flynn-no-such-command", args: [] })).rejects.toMatchObject({ code: "ENOENT" });
});

test.concurrent("a line without an end stays visible", async () => {
  const { transport, lines } = await run('process.stdout.write("no end")');
  await transport.exited;
  expect(lines).toEqual([]);
  expect(transport.unfinishedLine()).toBe("no end");
});

test.concurrent("a signal reaches everything in the group", async () => {
  const { transport, lines } = await run(
    `${SPAWN} console.log(spawn("sleep", ["60"], { stdio: "ignore" }).pid); setInterval(() => {}, 1e6);`,
  );
  while (lines.length === 0) await new Promise((resolve) => void setTimeout(resolve, 5));
  transport.kill("SIGKILL");
  expect(await transport.exited).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(await hasEnded(Number(lines[0]))).toBe(true);
});

const orphans: Readonly<Record<string, string>> = {
  "in the subject's own group": '{ stdio: "ignore" }',
  "that holds stdout open": '{ stdio: ["ignore", "inherit", "ignore"] }',
  ...(existsSync("/proc/self/environ") ? { "in a session of its own": '{ stdio: "ignore", detached: true }' } : {}),
};

for (const [name, options] of Object.entries(orphans)) {
  test.concurrent(`a child ${name} is found and ended`, async () => {
    const { transport, lines } = await run(`${SPAWN} console.log(spawn("sleep", ["60"], ${options}).pid); process.exit(0);`);
    expect(await transport.exited).toEqual({ code: 0, signal: null, leftOrphan: true });
    expect(await hasEnded(Number(lines[0]))).toBe(true);
  });
}

test.concurrent("a child that was told to end and takes a moment is none that was left behind", async () => {
  const script = `${SPAWN} const child = spawn("sh", ["-c", "trap 'sleep 0.1; exit' TERM; echo ready; while :; do sleep 0.02; done"], { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.on("data", () => { child.kill(); process.exit(0); });`;
  const { transport } = await run(script);
  expect(await transport.exited).toEqual({ code: 0, signal: null, leftOrphan: false });
});
