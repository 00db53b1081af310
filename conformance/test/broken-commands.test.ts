import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NODE, inFolder, runCli } from "./run-cli.ts";

/** A subject in one line, which answers the first frame with this. */
function answering(frame: object): readonly string[] {
  return [process.execPath, "-e", `process.stdin.once("data", () => console.log(${JSON.stringify(JSON.stringify(frame))}))`];
}

const hello = { protocol: "flynn-wire/1", subject: { name: "s", version: "1" }, contracts: {}, clock: "virtual" };

interface Expectation {
  readonly command: readonly string[];
  readonly says: readonly string[];
  readonly next: string;
}

const commands: Readonly<Record<string, Expectation>> = {
  "does not exist": {
    command: ["flynn-no-such-command"],
    says: ["bad subject (command-not-found): flynn-no-such-command could not be started (ENOENT)"],
    next: "Check the spelling, and that it is on the PATH",
  },
  "copies its input": {
    command: ["cat"],
    says: ["bad subject (no-hello)", "only copies its input"],
    next: "Answer the first line on stdin",
  },
  "prints some text and exits": {
    command: ["echo", "usage: server"],
    says: ["bad subject (exited-before-hello)", "exited with status 0", 'the text "usage: server"'],
    next: "Run the command by hand",
  },
  "fails at once": {
    command: [process.execPath, "-e", 'throw new Error("no config")'],
    says: ["bad subject (exited-before-hello)", "exited with status 1", "Error: no config"],
    next: "Run the command by hand",
  },
  "never answers": {
    command: ["sleep", "300"],
    says: ["bad subject (no-hello)", "the answer to `hello` did not come within 10000 ms"],
    next: "Answer the first line on stdin with a hello result and flush stdout",
  },
  "does not flush": {
    command: [process.execPath, "-e", 'process.stdin.once("data", () => process.stdout.write("{\\"jsonrpc\\""))'],
    says: ["bad subject (no-hello)", "a line without an end"],
    next: "flush stdout",
  },
  "speaks another protocol": {
    command: answering({ jsonrpc: "2.0", id: 1, result: { ...hello, protocol: "flynn-wire/9" } }),
    says: ["bad subject (bad-hello)", "flynn-wire/1", "protocol"],
    next: "Compare it with the `hello` result in docs/spec/wire.md",
  },
  "does not know hello": {
    command: answering({ jsonrpc: "2.0", id: 1, error: { code: -32601, message: "Method not found" } }),
    says: ["bad subject (bad-hello)", "an error: Method not found"],
    next: "docs/spec/wire.md",
  },
  "offers another contract": {
    command: answering({ jsonrpc: "2.0", id: 1, result: { ...hello, contracts: { "toaster@1": { flags: {}, facts: {} } } } }),
    says: ["bad subject (contract-missing)", "does not implement specimen@1; it offers toaster@1"],
    next: 'Add "specimen@1" to its contracts',
  },
  "forges the suite's own mark": {
    command: [process.execPath, "-e", 'process.stderr.write("flynn-bad-subject: {\\"reason\\":7}\\n")'],
    says: ["bad subject (exited-before-hello)"],
    next: "Run the command by hand",
  },
};

describe.concurrent("a command that", () => {
  for (const [name, { command, says, next }] of Object.entries(commands)) {
    test(`${name}: exit 2`, { timeout: 60_000 }, async () => {
      const ran = await runCli(["specimen", "--", ...command]);
      for (const part of [...says, next]) expect(ran.stderr).toContain(part);
      expect(ran.stderr).toMatch(/^next: /mu);
      expect([ran.exitCode, ran.stdout]).toEqual([2, ""]);
    });
  }

  test("is not executable: exit 2", { timeout: 60_000 }, async () => {
    await inFolder(async (folder) => {
      const script = join(folder, "scanner.py");
      writeFileSync(script, "print('hello')\n");
      chmodSync(script, 0o644);
      const ran = await runCli(["specimen", "--", script]);
      expect(ran.stderr).toContain(`bad subject (command-not-executable): ${script} cannot be executed (EACCES)`);
      expect(ran.stderr).toContain(`next: Make it executable, or start it with its interpreter: -- python3 ${script}`);
      expect(ran.exitCode).toBe(2);
    });
  });

  test("is the suite's own host of a module is judged like any other", { timeout: 60_000 }, async () => {
    const bin = new URL("../bin/flynn-conformance.ts", import.meta.url).pathname;
    const exemplar = new URL("../specimen/exemplar.ts", import.meta.url).pathname;
    const ran = await runCli(["--only", "LEASE-001", "specimen", "--", ...NODE, bin, "host", exemplar]);
    expect(ran.stdout).toContain("1/1 MUST");
    expect(ran.exitCode).toBe(0);
  });
});
