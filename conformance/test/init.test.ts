import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { contractKey } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";
import { describe, expect, test } from "vitest";

import { rootRequirement } from "../src/judge/root-requirement.ts";
import { contracts } from "../src/registry/contracts.ts";
import { reportSchema } from "../src/report/report-schema.ts";
import type { RowReport } from "../src/report/report-schema.ts";
import { suiteVersion } from "../src/cli/version.ts";
import { inFolder, runCli } from "./run-cli.ts";

const LANGUAGES = ["typescript", "python"] as const;
const SCAFFOLDS = fileURLToPath(new URL("../scaffolds", import.meta.url));
const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** What is in the folder, without the runtime in Python and what running leaves. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== "node_modules" && name !== "__pycache__");
}

function sourceOf(contract: ContractDefinition, language: (typeof LANGUAGES)[number]): string {
  return readFileSync(join(SCAFFOLDS, language, `${contract.name}.${language === "python" ? "py" : "ts"}`), "utf8");
}

/** How every row stands, in a folder that the command line judges as it is. */
async function judged(
  folder: string,
): Promise<{ readonly rows: readonly RowReport[]; readonly driver: string; readonly exitCode: number | null }> {
  const ran = await runCli(["--report", "json=report.json"], folder);
  const [run] = reportSchema.parse(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).runs;
  return { rows: run?.rows ?? [], driver: run?.driver ?? "", exitCode: ran.exitCode };
}

const scaffolds = contracts.flatMap((contract) => LANGUAGES.map((language) => [contract.name, language, contract] as const));

describe.concurrent("a scaffold", { timeout: 60_000 }, () => {
  test.each(scaffolds)("of %s in %s runs at once, fails its first requirement, and passes none", async (name, language, contract) => {
    await inFolder(async (folder) => {
      symlinkSync(MODULES, join(folder, "node_modules"));
      const made = await runCli(["init", name, "--lang", language], folder);
      expect([made.exitCode, made.stderr]).toEqual([0, ""]);
      expect(made.stdout).toContain("next:\n    flynn-conformance smoke ");
      expect(made.stdout).not.toContain("first:");

      const { rows, driver, exitCode } = await judged(folder);
      const root = rootRequirement(contract)?.id;
      expect([exitCode, driver]).toEqual([1, language === "python" ? "stdio" : "child"]);
      expect(rows.filter(({ status }) => !["INCONCLUSIVE", "N/A"].includes(status)).map(({ id, status }) => `${id} ${status}`)).toEqual([
        `${root} FAIL`,
      ]);
      // A contract without a stream has nothing to show there, and a scaffold declares no flag.
      const flagged = contract.requirements.filter(({ flag = "!" }) => !flag.startsWith("!")).map(({ id }) => id);
      const absent = rows.filter(({ status }) => status === "N/A").map(({ id }) => id);
      expect(absent.filter((id) => !["WIRE-005", "WIRE-006", ...flagged].includes(id))).toEqual([]);
    });
  });

  test.each(scaffolds)("of %s in %s names in each TODO requirements of its contract, the first one first", (_name, language, contract) => {
    const todos = sourceOf(contract, language)
      .split("\n")
      .filter((line) => /(?:\/\/|#) TODO/u.test(line));
    const testable = contract.requirements.filter((row) => row.untestable === undefined).map(({ id }) => id);
    for (const line of todos) expect(line).toMatch(/TODO [A-Z]+-\d{3}\b/u);
    const ids = todos.flatMap((line) => line.match(/[A-Z]+-\d{3}/gu) ?? []);
    expect(ids.filter((id) => !testable.includes(id))).toEqual([]);
    expect(ids).toContain(rootRequirement(contract)?.id);
  });

  test("is there for no contract that the suite does not know", () => {
    const names = contracts.map(({ name }) => name).toSorted();
    const of = (language: string): readonly string[] => readdirSync(join(SCAFFOLDS, language)).filter((name) => /\.(ts|py)$/u.test(name));
    expect(of("typescript").toSorted()).toEqual(names.map((name) => `${name}.ts`));
    expect(of("python").toSorted()).toEqual(names.map((name) => `${name}.py`));
    for (const [, language, contract] of scaffolds) expect(sourceOf(contract, language)).toContain(`"${contractKey(contract)}"`);
  });
});

describe.concurrent("init", { timeout: 60_000 }, () => {
  test("writes the subject, the configuration, and a package where there is none", async () => {
    await inFolder(async (folder) => {
      const ran = await runCli(["init", "skill-scanner"], folder);
      expect(filesIn(folder)).toEqual(["conformance.config.json", "package.json", "skill-scanner.ts"]);
      const version = suiteVersion();
      expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toEqual({
        private: true,
        type: "module",
        scripts: { conformance: "flynn-conformance" },
        devDependencies: { "@flynn/conformance": version, "@flynn/sdk": version },
      });
      expect(ran.stdout).toMatch(/^Wrote skill-scanner\.ts, package\.json, conformance\.config\.json into /u);
      expect(ran.stdout).toContain("first:\n    npm install\nnext:\n    flynn-conformance smoke ");
    });
  });

  test("writes .mts where the package there is not one of modules, and leaves the package alone", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}');
      symlinkSync(MODULES, join(folder, "node_modules"));
      await runCli(["init", "specimen"], folder);
      expect(filesIn(folder)).toEqual(["conformance.config.json", "package.json", "specimen.mts"]);
      expect(readFileSync(join(folder, "package.json"), "utf8")).toBe('{"type":"commonjs"}');
      expect((await runCli(["smoke"], folder)).stdout).toContain("The harness is wired; the implementation does not do LEASE-001 yet:");
    });
  });

  test("adds to a configuration what it does not have, and keeps the rest", async () => {
    await inFolder(async (folder) => {
      const before = { $schema: "x", subjects: { specimen: "./mine.ts" }, mutants: { specimen: ["./m.ts"] } };
      writeFileSync(join(folder, "conformance.config.json"), JSON.stringify(before));
      await runCli(["init", "skill-scanner", "--lang", "python"], folder);
      expect(JSON.parse(readFileSync(join(folder, "conformance.config.json"), "utf8"))).toEqual({
        ...before,
        subjects: { specimen: "./mine.ts", "skill-scanner": { command: ["python3", "skill-scanner.py"] } },
      });
    });
  });

  test("two subjects in Python share the runtime, and one that was changed is not written over", async () => {
    await inFolder(async (folder) => {
      await runCli(["init", "specimen", "--lang", "python"], folder);
      const second = await runCli(["init", "elevation-gate", "--lang", "python"], folder);
      expect([second.exitCode, filesIn(folder)]).toEqual([
        0,
        ["conformance.config.json", "elevation-gate.py", "flynn_wire", "specimen.py"],
      ]);
      writeFileSync(join(folder, "flynn_wire", "call.py"), "# mine\n");
      const third = await runCli(["init", "skill-scanner", "--lang", "python"], folder);
      expect([third.exitCode, third.stdout]).toEqual([2, ""]);
      expect(third.stderr).toMatch(/^error: .*flynn_wire\/call\.py is there already, and nothing was written\nnext: Move it away/u);
    });
  });

  test("names the subject in the commands where it is in another folder", async () => {
    await inFolder(async (folder) => {
      const module = await runCli(["init", "specimen", "a b"], folder);
      expect(module.stdout).toContain(
        "first:\n    (cd 'a b' && npm install)\nnext:\n    flynn-conformance smoke specimen './a b/specimen.ts' ",
      );
      const command = await runCli(["init", "specimen", "deep/er", "--lang", "python"], folder, {
        npm_lifecycle_event: "npx",
        npm_lifecycle_script: "'flynn-conformance'",
      });
      expect(command.stdout).toContain("next:\n    npx flynn-conformance smoke specimen -- python3 deep/er/specimen.py ");
    });
  });
});

describe.concurrent("init writes nothing", { timeout: 60_000 }, () => {
  const refusals: Readonly<
    Record<string, { readonly file: string; readonly text: string; readonly args: readonly string[]; readonly says: string }>
  > = {
    "over a subject": { file: "skill-scanner.ts", text: "mine", args: ["skill-scanner"], says: "skill-scanner.ts is there already" },
    "where the configuration has a subject": {
      file: "conformance.config.json",
      text: '{ "subjects": { "skill-scanner": "./mine.ts" } }',
      args: ["skill-scanner"],
      says: "conformance.config.json names a subject for skill-scanner already",
    },
    "where it has one with its version": {
      file: "conformance.config.json",
      text: '{ "subjects": { "skill-scanner@1": "./mine.ts" } }',
      args: ["skill-scanner", "--lang", "python"],
      says: "conformance.config.json names a subject for skill-scanner already",
    },
    "beside a configuration that is not valid": {
      file: "conformance.config.json",
      text: '{ "subject": {} }',
      args: ["specimen"],
      says: 'conformance.config.json is not valid: Unrecognized key: "subject"',
    },
    "into a file": { file: "target", text: "", args: ["specimen", "target"], says: "target is a file" },
    "without a contract": {
      file: "any",
      text: "",
      args: [],
      says: "There is no contract to begin with\nnext: Name one of specimen, skill-scanner,",
    },
    "in another language": {
      file: "any",
      text: "",
      args: ["specimen", "--lang", "cobol"],
      says: "Allowed choices are typescript, python.",
    },
  };

  test.each(Object.entries(refusals))("%s", async (_title, { file, text, args, says }) => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, file), text);
      const ran = await runCli(["init", ...args], folder);
      expect([ran.exitCode, ran.stdout]).toEqual([2, ""]);
      expect(ran.stderr).toContain(says);
      expect([filesIn(folder), readFileSync(join(folder, file), "utf8")]).toEqual([[file], text]);
    });
  });

  test("into a folder that cannot be made", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "file"), "");
      const ran = await runCli(["init", "specimen", "file/below"], folder);
      expect([ran.exitCode, ran.stderr]).toEqual([
        2,
        expect.stringMatching(/could not be written: ENOTDIR[^]*next: Name a folder/u) as string,
      ]);
    });
  });
});

test("a module and a command stand side by side in a configuration, which says what runs where", { timeout: 60_000 }, async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, "sub"));
    writeFileSync(
      join(folder, "conformance.config.json"),
      JSON.stringify({ subjects: { specimen: { command: ["./run.sh"] } }, mutants: { specimen: ["./m.ts"] } }),
    );
    writeFileSync(join(folder, "run.sh"), "#!/bin/sh\npwd >&2\nexit 7\n", { mode: 0o755 });
    const run = await runCli([], folder);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(folder) as string]);
    const inProcess = await runCli(["--driver", "in-process"], folder);
    expect([inProcess.exitCode, inProcess.stderr]).toEqual([
      2,
      "error: conformance.config.json names the command ./run.sh, which always runs over stdio; leave --driver out\n",
    ]);
    const mutants = await runCli(["mutants", "specimen"], folder);
    expect([mutants.exitCode, mutants.stderr]).toEqual([
      2,
      expect.stringMatching(/names the command \.\/run\.sh for specimen, and mutants are made of a module\nnext: /u) as string,
    ]);
  });
});
