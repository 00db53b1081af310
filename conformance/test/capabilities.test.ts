import { describe, expect, test } from "vitest";

import { runCli, subjectPath } from "./run-cli.ts";

describe.concurrent("a subject with the clock of the machine", { timeout: 60_000 }, () => {
  const subject = subjectPath("real-clock");
  const timeRows = ["LEASE-005", "LEASE-006", "LEASE-008", "LEASE-013"].flatMap((id) => ["--only", id]);

  test("is not waited for unasked: its time rows are not run, and the way to run them is said", async () => {
    const ran = await runCli(["specimen", ...timeRows, "--driver", "in-process", subject]);
    expect(ran.stdout).toContain("NOT_RUN LEASE-005, LEASE-008: The subject has no virtual clock; add --real-clock to wait for real.");
    expect(ran.stdout).toContain("INCONCLUSIVE LEASE-006, LEASE-013: waits for LEASE-005");
    expect(ran.exitCode).toBe(3);
  });

  test("passes them for real, but for what only a clock that can be set can show", async () => {
    const ran = await runCli(["specimen", ...timeRows, "--real-clock", "--driver", "in-process", subject]);
    expect(ran.stdout).toContain(
      "NOT_RUN LEASE-006: This host cannot show it: a subject with a real clock cannot be shown a jump of its clocks.",
    );
    expect(ran.stdout).toContain("2/3 MUST · 1/1 SHOULD");
    expect(ran.exitCode).toBe(1);
  });

  test("may be run with what the machine cannot show listed as accepted", async () => {
    const ran = await runCli(["specimen", "--only", "LEASE-005,LEASE-006", "--real-clock", "--accept-host-limits", subject]);
    expect(ran.stdout).toContain("accepted host limit LEASE-006: This host cannot show it:");
    expect(ran.exitCode).toBe(0);
  });
});

describe.concurrent("what a subject says it can do", { timeout: 60_000 }, () => {
  test("a capability that is claimed and not there fails its rows", async () => {
    const ran = await runCli(["specimen", "--capability", "renew", "--driver", "in-process", subjectPath("claims-renew")]);
    expect(ran.stdout).toContain("FAIL LEASE-013");
    expect(ran.stdout).toMatch(/expected +renewed: true\n +got +the error UNSUPPORTED/u);
    expect(ran.stdout).toContain("N/A LEASE-014: The subject declares renew.");
    expect(ran.exitCode).toBe(1);
  });

  test("one that is hidden and there fails its refusal, and leaves its rows open", async () => {
    const ran = await runCli(["specimen", "--capability", "renew", "--driver", "in-process", subjectPath("hides-renew")]);
    expect(ran.stdout).toContain("FAIL LEASE-014");
    expect(ran.stdout).toContain("next      Declare the flag `renew` if the operation works; otherwise refuse it.");
    expect(ran.stdout).toMatch(/INCONCLUSIVE LEASE-013: (waits for LEASE-014|renew is not declared)/u);
    expect(ran.exitCode).toBe(1);
  });

  test("one that is neither there nor claimed does not apply, and the rest holds", async () => {
    const ran = await runCli(["specimen", "--only", "LEASE-*", "--driver", "in-process", subjectPath("cannot-renew")]);
    expect(ran.stdout).toContain("N/A LEASE-013: The subject does not declare renew.");
    expect(ran.stdout).toContain("no claim: only some rows were run, and they hold");
    expect(ran.exitCode).toBe(0);
  });

  test("one that the contract does not know breaks WIRE-003: it is most likely misspelt", async () => {
    const ran = await runCli(["specimen", "--only", "WIRE-003", "--driver", "in-process", subjectPath("misspells-a-flag")]);
    expect(ran.stdout).toContain("FAIL WIRE-003");
    expect(ran.stdout).toMatch(/expected +flags out of renew\n +got +the flags renews/u);
    expect(ran.exitCode).toBe(1);
  });

  test("what it should do and does not is a warning, and no obstacle", async () => {
    const ran = await runCli(["specimen", "--driver", "in-process", "--level", "SHOULD", subjectPath("rounds-the-time")]);
    expect(ran.stdout).toContain("WARN LEASE-008 SHOULD");
    expect(ran.stdout).toContain("0/1 SHOULD");
    expect(ran.exitCode).toBe(0);
  });
});
