import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { runNode } from "./run-cli.ts";
import type { Ran } from "./run-cli.ts";

const BOUND = fileURLToPath(new URL("bound", import.meta.url));
const VITEST = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

function vitest(file: string): Promise<Ran> {
  // The conditions must reach the workers, and what they start.
  const environment = { NODE_OPTIONS: "--conditions=@flynn/source", NO_COLOR: "1", CI: "1" };
  return runNode([VITEST, "run", "--config", join(BOUND, "vitest.config.ts"), "--reporter", "verbose", file], BOUND, environment);
}

function nodeTest(file: string): Promise<Ran> {
  return runNode(["--test-reporter=tap", join(BOUND, file)], BOUND);
}

describe.concurrent("a subject in an author's own tests", { timeout: 60_000 }, () => {
  test("passes with vitest, a test for each row, and skips what does not apply", async () => {
    const ran = await vitest("exemplar.vitest.ts");
    expect(ran.stdout).toMatch(/✓ .*specimen@1 > LEASE-001 /u);
    expect(ran.stdout).toMatch(/✓ .*specimen@1 > WIRE-008 /u);
    expect(ran.stdout).toMatch(/↓ .*LEASE-014 /u);
    expect(ran.stdout).toMatch(/Tests +24 passed \| 1 skipped/u);
    expect(ran.exitCode).toBe(0);
  });

  test("fails with vitest in the words of the command line", async () => {
    const ran = await vitest("broken.vitest.ts");
    const output = ran.stdout + ran.stderr;
    expect(output).toContain("FAIL LEASE-001 MUST");
    expect(output).toContain("FAIL WIRE-008 MUST");
    expect(output).toMatch(/next +Call `host\.accept` with/u);
    expect(output).toMatch(/replay +flynn-conformance run --only LEASE-001 --seed bound/u);
    expect(output).not.toMatch(/fk[0-9a-f]{10}/u);
    expect(ran.exitCode).toBe(1);
  });

  test("passes with node:test", async () => {
    const ran = await nodeTest("exemplar.node.ts");
    expect(ran.stdout).toMatch(/^ *ok \d+ - LEASE-001 /mu);
    expect(ran.stdout).toMatch(/^ *ok \d+ - LEASE-014 .*# SKIP The subject declares renew\./mu);
    expect(ran.stdout).toMatch(/^# fail 0$/mu);
    expect(ran.stdout).toMatch(/^# skipped 1$/mu);
    expect(ran.exitCode).toBe(0);
  });

  test("fails with node:test in the words of the command line", async () => {
    const ran = await nodeTest("broken.node.ts");
    expect(ran.stdout).toMatch(/^ *not ok \d+ - LEASE-001 /mu);
    expect(ran.stdout).toContain("FAIL LEASE-001 MUST");
    expect(ran.stdout).toContain("INCONCLUSIVE LEASE-002: waits for LEASE-001");
    expect(ran.stdout).not.toMatch(/fk[0-9a-f]{10}/u);
    expect(ran.exitCode).toBe(1);
  });
});
