import { spawn } from "node:child_process";
import { existsSync, openSync, closeSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { temporarySkill } from "../test/temporary-skill.ts";

const program = fileURLToPath(new URL("flynn.ts", import.meta.url));

/** Runs the real program; `closeEarly` goes away before it has written anything. */
function flynn(args: readonly string[], { closeEarly = false } = {}): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=@flynn/source", program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    if (closeEarly) child.stdout.destroy();
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

test("the program prints its version and exits", async () => {
  expect(await flynn(["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
});

test("a reader that goes away is no failure and changes no exit status", async () => {
  using skill = temporarySkill({ "run.sh": "\0" });
  const { status, stderr } = await flynn(["skills", "scan", "--json", ...Array.from({ length: 300 }, () => skill.root)], {
    closeEarly: true,
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
});

test.runIf(existsSync("/dev/full"))("a full disk behind stdout is told in one line, and is no verdict", async () => {
  using skill = temporarySkill();
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, ["--conditions=@flynn/source", program, "skills", "scan", skill.root], {
    stdio: ["ignore", full, "pipe"],
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const status = await new Promise((resolve) => child.on("close", resolve));
  closeSync(full);
  expect(status).toBe(4);
  expect(stderr).toMatch(/^flynn: ENOSPC.*\n$/u);
});
