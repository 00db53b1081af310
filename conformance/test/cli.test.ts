import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { reportSchema } from "../src/report/report-schema.ts";
import { EXEMPLAR, inFolder, runCli, runNode, subjectPath } from "./run-cli.ts";

/** All mistakes are in `main.test.ts`; these are here for the way from `bin` to the exit code. */
const mistakes: readonly (readonly [args: readonly string[], says: string])[] = [
  [["--sed", "1", "specimen"], "error: unknown option '--sed'"],
  [["specimn", EXEMPLAR], "error: There is no contract specimn; did you mean specimen?"],
  [["specimen", "./no-such.ts"], "bad subject (module-not-found): There is no file"],
  [["--only", "ROPE-*", "specimen", EXEMPLAR], "--only ROPE-* matches no requirement"],
];

describe.concurrent("the command line refuses", { timeout: 60_000 }, () => {
  for (const [args, says] of mistakes) {
    test(`${args.join(" ").replace(EXEMPLAR, "…")}: exit 2`, async () => {
      const ran = await runCli(args);
      expect(ran.stderr).toContain(says);
      expect([ran.exitCode, ran.stdout]).toEqual([2, ""]);
    });
  }

  test("a configuration that is not valid, and one that names nothing that there is", async () => {
    await inFolder(async (folder) => {
      const bare = await runCli([], folder);
      expect([bare.exitCode, bare.stderr]).toEqual([
        2,
        expect.stringContaining("error: There is nothing to judge\nnext: Name a contract and a subject") as string,
      ]);
      writeFileSync(join(folder, "conformance.config.json"), '{ "subjects": { "toaster": "./toaster.ts" } }');
      const unknown = await runCli([], folder);
      expect([unknown.exitCode, unknown.stderr]).toEqual([
        2,
        expect.stringContaining("conformance.config.json names the contract toaster") as string,
      ]);
      writeFileSync(join(folder, "conformance.config.json"), "{ subjects }");
      const broken = await runCli([], folder);
      expect([broken.exitCode, broken.stderr]).toEqual([2, expect.stringContaining("conformance.config.json is not JSON") as string]);
    });
  });

  test("a replay of what is no report, and of a row that it does not have", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "no.json"), "{ }");
      const invalid = await runCli(["replay", "no.json#LEASE-001"], folder);
      expect([invalid.exitCode, invalid.stderr]).toEqual([
        2,
        expect.stringContaining(
          "no.json is no report that this suite can read: it does not say what it is, not flynn-conformance-report/1",
        ) as string,
      ]);
      writeFileSync(join(folder, "text.json"), "not JSON");
      const text = await runCli(["replay", "text.json#LEASE-001"], folder);
      expect([text.exitCode, text.stderr]).toEqual([2, expect.stringContaining("The report text.json is not JSON: ") as string]);
    });
  });
});

describe.concurrent("the command line", { timeout: 60_000 }, () => {
  test("lists every contract with its rows, and one on demand", async () => {
    const all = await runCli(["list"]);
    expect(all.stdout).toContain("specimen@1: ");
    expect(all.stdout).toContain("  LEASE-014  MUST   [!renew] ");
    expect(all.stdout).toContain("  LEASE-016  MUST   [not tested] ");
    expect(all.stdout).toContain("Every contract:\n  WIRE-001");
    const one = await runCli(["list", "skill-scanner"]);
    expect(one.stdout).toContain("SCAN-001");
    expect(one.stdout).not.toContain("LEASE-001");
    expect([all.exitCode, one.exitCode]).toEqual([0, 0]);
  });

  test("explains a row, however its id is written", async () => {
    const ran = await runCli(["explain", "lease-005"]);
    expect(ran.stdout).toMatch(/^LEASE-005 MUST \(specimen@1\)\n {2}A lease is over at exactly/u);
    for (const part of ["why", "try", "stands on", "docs/spec/specimen.md#lease-005"]) expect(ran.stdout).toContain(part);
    expect(ran.exitCode).toBe(0);
  });

  test("says its version and its help, and names the exit codes", async () => {
    const [version, help] = await Promise.all([runCli(["--version"]), runCli(["--help"])]);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect(help.stdout).toContain("Exit codes: 0 conformant, 1 not, 2 usage or bad subject, 3 nothing ran, 4 the suite itself failed.");
    expect([version.exitCode, help.exitCode]).toEqual([0, 0]);
  });

  test("does not mind a reader that has seen enough", async () => {
    const bin = new URL("../bin/flynn-conformance.ts", import.meta.url).pathname;
    const script = `const { spawnSync } = require("node:child_process");
      const command = [process.execPath, "--conditions=@flynn/source", process.argv[1], "list"].map((word) => "'" + word + "'").join(" ");
      const ran = spawnSync("bash", ["-c", command + ' | head -1; echo "\${PIPESTATUS[0]}"'], { encoding: "utf8" });
      process.stdout.write(ran.stdout + ran.stderr);`;
    const ran = await runNode(["-e", script, bin]);
    expect(ran.stdout).toMatch(/^specimen@1: [^\n]*\n0\n$/u);
  });

  test("judges what a subject offers where no contract is named", async () => {
    const ran = await runCli(["--only", "LEASE-001", "--driver", "in-process", EXEMPLAR]);
    expect(ran.stdout).toContain("specimen@1 · specimen-exemplar 1.0.0");
    expect(ran.exitCode).toBe(0);
  });

  test("a selection that passes makes no claim", async () => {
    const ran = await runCli(["specimen", "--only", "LEASE-001", "--jobs", "3", EXEMPLAR]);
    expect(ran.stdout).toContain("1/1 MUST");
    expect(ran.stdout).toContain("no claim: only some rows were run, and they hold");
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
  });

  test("shows what stands in the way of a selected row, though it was not selected, and without colours", async () => {
    const ran = await runCli(["specimen", "--only", "LEASE-002", "--driver", "in-process", subjectPath("leaks-in-result")]);
    expect(ran.stdout).toContain("FAIL LEASE-001");
    expect(ran.stdout).toContain("INCONCLUSIVE LEASE-002: waits for LEASE-001");
    expect(ran.stdout).not.toContain("\u001B");
    expect(ran.exitCode).toBe(1);
  });

  test("writes reports, and with a report on stdout the text goes to stderr", async () => {
    await inFolder(async (folder) => {
      const files = ["json", "junit"].map((kind) => join(folder, `report.${kind}`));
      const reports = ["--report", `json=${files[0]}`, "--report", `junit=${files[1]}`, "--report", "junit=-"];
      const ran = await runCli(["specimen", "--only", "LEASE-001", "--driver", "in-process", "--seed", "s", ...reports, EXEMPLAR]);
      const report = reportSchema.parse(JSON.parse(readFileSync(files[0] ?? "", "utf8")));
      expect(report).toMatchObject({ exitCode: 0, runs: [{ contract: "specimen@1", seed: "s", isFiltered: true, driver: "in-process" }] });
      expect(readFileSync(files[1] ?? "", "utf8")).toBe(ran.stdout);
      expect(ran.stdout).toMatch(/^<\?xml version="1\.0"/u);
      expect(ran.stderr).toContain("no claim");
    });
  });

  test("leaves no folder behind, also of a subject that had to be killed", async () => {
    await inFolder(async (folder) => {
      const ran = await runCli(["specimen", "--only", "LEASE-001", subjectPath("crashes-in-a-timer")], undefined, { TMPDIR: folder });
      expect(ran.exitCode).toBe(1);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test("takes its subject and its folders with it when it is interrupted", async () => {
    await inFolder(async (folder) => {
      const ran = await runCli(["specimen", "--only", "LEASE-001", subjectPath("interrupts-the-suite")], undefined, { TMPDIR: folder });
      expect(ran.exitCode).toBe(130);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

describe.concurrent("a replay", { timeout: 60_000 }, () => {
  test("shows again what a report says, with its seed and its subject, row by row", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "report.json");
      const first = await runCli(["specimen", "--driver", "in-process", "--report", `json=${path}`, subjectPath("leaks-in-result")]);
      const { seed, rows } = reportSchema.parse(JSON.parse(readFileSync(path, "utf8"))).runs[0] ?? { seed: "", rows: [] };
      expect(first.exitCode).toBe(1);
      const got = (id: string): string =>
        rows
          .find((row) => row.id === id)
          ?.cases.flatMap(({ checks }) => checks)
          .find(({ holds }) => !holds)?.expected ?? "nothing";
      const [lease, wire] = await Promise.all([runCli(["replay", `${path}#LEASE-001`]), runCli(["replay", `${path}#wire-008`])]);
      expect(lease.stdout).toContain(`seed ${seed}`);
      expect(lease.stdout).toContain(got("LEASE-001"));
      expect(lease.stdout).toContain("      → ");
      expect(wire.stdout).toContain("FAIL WIRE-008");
      expect(wire.stdout).toContain("      ← ");
      expect([lease.exitCode, wire.exitCode]).toEqual([1, 1]);
      const missing = await runCli(["replay", `${path}#SCAN-001`]);
      expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining("has no requirement SCAN-001") as string]);
    });
  });

  test("of a command gives it its words as they were", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "report.json");
      const script = join(folder, "a subject.mjs");
      const host = new URL("../src/host/main.ts", import.meta.url).href;
      writeFileSync(script, `process.argv.splice(2, 2, process.argv[3]); await import(${JSON.stringify(host)});`);
      const command = [process.execPath, "--conditions=@flynn/source", script, "two words", subjectPath("leaks-in-result")];
      const first = await runCli(["specimen", "--only", "LEASE-001", "--report", `json=${path}`, "--", ...command]);
      const again = await runCli(["replay", `${path}#LEASE-001`]);
      for (const ran of [first, again]) {
        expect(ran.stdout).toContain("FAIL LEASE-001");
        expect(ran.stdout).toContain("'two words'");
        expect(ran.exitCode).toBe(1);
      }
    });
  });
});

test("the proof of the suite names a mutant that survives, and fails", { timeout: 60_000 }, async () => {
  await inFolder(async (folder) => {
    const mutants = join(folder, "mutants.mjs");
    writeFileSync(mutants, 'export default [{ id: "harmless", kills: ["LEASE-001"], message: "the ticket", wrap: (subject) => subject }];');
    writeFileSync(
      join(folder, "conformance.config.json"),
      JSON.stringify({ subjects: { specimen: EXEMPLAR }, mutants: { specimen: [mutants] } }),
    );
    const ran = await runCli(["mutants", "specimen", "--only", "harmless", "--only", "throws", "--report", "markdown=matrix.md"], folder);
    expect(ran.stdout).toContain("ok null throws: passes 0 MUST");
    expect(ran.stdout).toContain("PROBLEM mutant harmless survives LEASE-001");
    expect(ran.stdout).toContain("1 liars and mutants, 1 problems");
    expect(readFileSync(join(folder, "matrix.md"), "utf8")).toContain("| harmless | survives LEASE-001 | 0 |");
    expect(ran.exitCode).toBe(1);
  });
});
