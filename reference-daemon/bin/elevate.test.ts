import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../test/executor-folder.ts";
import type { TemporaryFolder } from "../test/executor-folder.ts";
import { PseudoTerminal, hasPseudoTerminals } from "../test/pseudo-terminal.ts";

const FLYNN = ["--conditions=@flynn/source", join(import.meta.dirname, "flynn.ts")];
const PROMPT = /flynn> $/u;
const IN_TIME = 60_000;

interface Place extends Disposable {
  readonly path: (name: string) => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A home with a configuration, of which the program is told by nothing but HOME. */
function place(): Place {
  const folder: TemporaryFolder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);
  mkdirSync(path("workspace"));
  folder.write("home/.config/flynn/config.json", JSON.stringify({ elevation: { enabled: true, principals: ["self"] } }), 0o600);
  return {
    path,
    environment: { PATH: process.env["PATH"], HOME: path("home"), TERM: "xterm", NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function flynn(args: readonly string[], { environment }: Place): Promise<{ readonly status: number | string; readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...FLYNN, ...args], { env: environment }, (error, stdout) => resolve({ status: error?.code ?? 0, stdout }));
  });
}

async function openElevated(here: Place): Promise<PseudoTerminal> {
  const terminal = new PseudoTerminal([...FLYNN, "elevate", "--workspace", here.path("workspace")], here.environment);
  await terminal.read(PROMPT);
  terminal.type("/elevate 10m restart nginx\n");
  await terminal.read(/Asked for HOST execution: tools exec, any number of calls, 10 min, reason: "restart nginx"/u);
  const [, code] = await terminal.read(/\r\ncode: ([0-9A-HJKMNP-TV-Z]{8})\r\n/u);
  await terminal.read(PROMPT);
  terminal.type(`/elevate confirm ${code}\n`);
  await terminal.read(/HOST execution is on for 10 min/u);
  await terminal.read(PROMPT);
  return terminal;
}

/** `type` of each event of the log, oldest first. */
async function story(here: Place): Promise<string[]> {
  const { stdout } = await flynn(["audit", "tail", "-n", "100"], here);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("  ")[1] ?? line);
}

test("a reader that goes away ends the session and what it runs, and is no failure", { timeout: IN_TIME }, async () => {
  using here = place();
  const child = spawn(process.execPath, [...FLYNN, "elevate", "--workspace", here.path("workspace")], { env: here.environment });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.destroy();
  child.stdin.end("yes\n");
  const status = await new Promise((resolve) => child.once("close", resolve));
  expect(status).toBe(0);
  expect(stderr).toMatch(/^(?:\[refused\] NO_SANDBOX: .*\n)?$/u);
});

describe.runIf(hasPseudoTerminals)("flynn elevate on a terminal", () => {
  test("lets a person run a program on the host until they take that back, and the log tells it", { timeout: IN_TIME }, async () => {
    using here = place();
    const terminal = await openElevated(here);
    terminal.type(`touch ${here.path("during")}\n`);
    await terminal.read(/\[host\] exit status 0\r\n/u);
    await terminal.read(PROMPT);
    terminal.type("/elevate revoke\n");
    await terminal.read(/1 grant ended\./u);
    await terminal.read(PROMPT);
    terminal.type(`touch ${here.path("after")}\n`);
    // The sandbox has a /tmp of its own, so that it may well have worked there.
    await terminal.read(/\[sandbox\] exit status \d\r\n|\[refused\] NO_SANDBOX/u);
    await terminal.read(PROMPT);
    terminal.type("\u0004");
    expect(await terminal.end()).toBe(0);
    expect([existsSync(here.path("during")), existsSync(here.path("after"))]).toEqual([true, false]);

    const { status, stdout } = await flynn(["audit", "verify"], here);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^intact {2}\S+\/home\/\.local\/state\/flynn\/audit {2}6 events/u);
    expect(await story(here)).toEqual([
      "gate.started",
      "elevation.requested",
      "elevation.activated",
      "tool.exec.start",
      "tool.exec.end",
      "elevation.revoked",
    ]);
  });

  test("interrupts with Ctrl-C what runs, then itself", { timeout: IN_TIME }, async () => {
    using here = place();
    const terminal = await openElevated(here);
    terminal.type("sh -c 'echo ready; exec sleep 987'\n");
    await terminal.read(/\nready\r\n/u);
    terminal.type("\u0003");
    await terminal.read(/\[host\] ended by SIGINT\r\n/u);
    await terminal.read(PROMPT);
    terminal.type("\u0003");
    expect(await terminal.end()).toBe(130);
  });

  test("ends with the terminal, and what runs on the host with it", { timeout: IN_TIME }, async () => {
    using here = place();
    const terminal = await openElevated(here);
    terminal.type("sh -c 'echo pid $$; exec sleep 987'\n");
    const [, pid] = await terminal.read(/\npid (\d+)\r\n/u);
    await terminal.close();
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
    expect((await flynn(["audit", "verify"], here)).status).toBe(0);
    expect((await story(here)).slice(-3)).toEqual(["tool.exec.start", "elevation.revoked", "tool.exec.end"]);
  });
});
